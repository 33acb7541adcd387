package ringside.trace;

import java.util.List;

/** What the scheduler did, and why. */
public sealed interface SchedEvent extends TraceEvent {
  String SWITCH = "sched.switch";
  String WAKE = "sched.wake";
  String BLOCK = "sched.block";
  String DECISION = "sched.decision";

  /** Every type of this family. */
  List<String> TYPES = List.of(SWITCH, WAKE, BLOCK, DECISION);

  /**
   * A pCPU turns to another vCPU: the one the record names. -1 stands for idle.
   *
   * @param slice ns it may run
   */
  record Switch(int pcpu, int fromDomain, int fromVcpu, long slice) implements SchedEvent {
    @Override
    public String type() {
      return SWITCH;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u16("pcpu", pcpu)
          .s64("from_domain", fromDomain)
          .s64("from_vcpu", fromVcpu)
          .u64("slice", slice);
    }
  }

  /**
   * A blocked vCPU becomes runnable.
   *
   * @param reason event, timer, poll, up, unpause
   */
  record Wake(String reason) implements SchedEvent {
    @Override
    public String type() {
      return WAKE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("reason", reason);
    }
  }

  /**
   * A vCPU stops being runnable.
   *
   * @param reason block, poll, hlt, down, cap
   */
  record Block(String reason) implements SchedEvent {
    @Override
    public String type() {
      return BLOCK;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("reason", reason);
    }
  }

  /**
   * Why the scheduler picked the vCPU that the record names.
   *
   * @param reason boost, under, over, only, yield
   * @param credit its credit at that moment
   */
  record Decision(String reason, long credit) implements SchedEvent {
    @Override
    public String type() {
      return DECISION;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("reason", reason).s64("credit", credit);
    }
  }
}
