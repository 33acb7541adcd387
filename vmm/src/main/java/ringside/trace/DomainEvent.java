package ringside.trace;

import java.util.List;

/** Life of a domain. The domain of the record is the one it happens to. */
public sealed interface DomainEvent extends TraceEvent {
  String CREATE = "domain.create";
  String BOOT = "domain.boot";
  String SHUTDOWN = "domain.shutdown";
  String CRASH = "domain.crash";
  String DESTROY = "domain.destroy";
  String RESTART = "domain.restart";

  /** Every type of this family. */
  List<String> TYPES = List.of(CREATE, BOOT, SHUTDOWN, CRASH, DESTROY, RESTART);

  /**
   * @param memory MiB
   */
  record Create(String name, String kernel, int memory, int vcpus) implements DomainEvent {
    @Override
    public String type() {
      return CREATE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("name", name).text("kernel", kernel).u32("memory", memory).u16("vcpus", vcpus);
    }
  }

  /**
   * Its first vCPU is about to run its first instruction.
   *
   * @param entry guest physical address of PHYS32_ENTRY
   * @param startInfo guest physical address of hvm_start_info
   */
  record Boot(long entry, long startInfo) implements DomainEvent {
    @Override
    public String type() {
      return BOOT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("entry", entry).hex("start_info", startInfo);
    }
  }

  /**
   * @param reason SHUTDOWN_* value
   * @param name its name: poweroff, reboot, suspend, crash, watchdog, soft_reset
   */
  record Shutdown(int reason, String name) implements DomainEvent {
    @Override
    public String type() {
      return SHUTDOWN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u8("reason", reason).text("name", name);
    }
  }

  record Crash(String reason) implements DomainEvent {
    @Override
    public String type() {
      return CRASH;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("reason", reason);
    }
  }

  /** Its memory and ports are given back. */
  record Destroy() implements DomainEvent {
    @Override
    public String type() {
      return DESTROY;
    }

    @Override
    public void fields(FieldSink sink) {}
  }

  /**
   * It is built anew; the records that follow are of the new one.
   *
   * @param count how often it was restarted, this time included
   */
  record Restart(int count) implements DomainEvent {
    @Override
    public String type() {
      return RESTART;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("count", count);
    }
  }
}
