package ringside.trace;

import java.util.List;

/** Timers of a vCPU. */
public sealed interface TimerEvent extends TraceEvent {
  String SET = "timer.set";
  String CANCEL = "timer.cancel";
  String FIRE = "timer.fire";

  /** Every type of this family. */
  List<String> TYPES = List.of(SET, CANCEL, FIRE);

  /**
   * A timer is armed.
   *
   * @param kind set_timer_op, singleshot, periodic, poll, lapic, watchdog
   * @param deadline virtual ns since the machine started
   * @param period ns, or 0 for one shot
   */
  record Set(String kind, long deadline, long period) implements TimerEvent {
    @Override
    public String type() {
      return SET;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("kind", kind).u64("deadline", deadline).u64("period", period);
    }
  }

  /** A timer is disarmed before it fired. */
  record Cancel(String kind) implements TimerEvent {
    @Override
    public String type() {
      return CANCEL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("kind", kind);
    }
  }

  /**
   * A timer's deadline has passed.
   *
   * @param deadline virtual ns since the machine started
   */
  record Fire(String kind, long deadline) implements TimerEvent {
    @Override
    public String type() {
      return FIRE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("kind", kind).u64("deadline", deadline);
    }
  }
}
