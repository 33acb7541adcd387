package ringside.trace;

import java.util.List;

/** Exceptions of guests. */
public sealed interface FaultEvent extends TraceEvent {
  String EXCEPTION = "fault.exception";
  String CRASH = "fault.crash";

  /** Every type of this family. */
  List<String> TYPES = List.of(EXCEPTION, CRASH);

  /**
   * An exception is delivered into the guest's IDT.
   *
   * @param errorCode 0 for vectors that push none
   * @param rip instruction that raised it
   * @param address CR2 for a page fault, else 0
   */
  record Exception(int vector, long errorCode, long rip, long address) implements FaultEvent {
    @Override
    public String type() {
      return EXCEPTION;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u8("vector", vector)
          .hex("error_code", errorCode)
          .hex("rip", rip)
          .hex("address", address);
    }
  }

  /**
   * The guest did what cannot be delivered to it; its domain crashes.
   *
   * @param reason triple fault, unhandled exit, watchdog, ...
   */
  record Crash(String reason, long rip) implements FaultEvent {
    @Override
    public String type() {
      return CRASH;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("reason", reason).hex("rip", rip);
    }
  }
}
