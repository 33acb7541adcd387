package ringside.domain;

/**
 * How long a vCPU was in each runstate (struct vcpu_runstate_info).
 *
 * <p>Invariant: the four times add up to the time since creation, up to {@link #entryTime}.
 */
public final class RunstateClock {
  private final long[] times = new long[RunState.values().length];
  private RunState state = RunState.OFFLINE;
  private long entryTime;

  RunstateClock(long now) {
    this.entryTime = now;
  }

  void change(RunState to, long now) {
    times[state.ordinal()] += now - entryTime;
    state = to;
    entryTime = now;
  }

  public RunState state() {
    return state;
  }

  /** When it entered its state, in nanoseconds of system time. */
  public long entryTime() {
    return entryTime;
  }

  /** Nanoseconds spent in a state, the current one counted up to {@code now}. */
  public long time(RunState of, long now) {
    return times[of.ordinal()] + (of == state ? now - entryTime : 0);
  }
}
