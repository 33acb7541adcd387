package ringside.trace;

import java.util.List;

/** Model specific registers that the hypervisor answers for. */
public sealed interface MsrEvent extends TraceEvent {
  String READ = "msr.read";
  String WRITE = "msr.write";

  /** Every type of this family. */
  List<String> TYPES = List.of(READ, WRITE);

  /**
   * @param value 0 when it faulted
   * @param fault whether the guest got a general protection exception
   */
  record Read(long msr, long value, boolean fault) implements MsrEvent {
    @Override
    public String type() {
      return READ;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("msr", msr).hex("value", value).flag("fault", fault);
    }
  }

  /**
   * @param fault whether the guest got a general protection exception
   */
  record Write(long msr, long value, boolean fault) implements MsrEvent {
    @Override
    public String type() {
      return WRITE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("msr", msr).hex("value", value).flag("fault", fault);
    }
  }
}
