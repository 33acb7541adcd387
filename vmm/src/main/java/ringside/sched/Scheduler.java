package ringside.sched;

import ringside.domain.Vcpu;

/**
 * Decides which vCPU runs next. It sees only runnable vCPUs; blocking and waking is told to it.
 * Given the same calls it makes the same decisions.
 */
public interface Scheduler {
  /**
   * The next vCPU and for how long.
   *
   * @param sliceNs longest time until the next decision, in nanoseconds
   * @param why in one word, for the trace
   * @param credit what it has left, for the trace
   */
  record Decision(Vcpu vcpu, long sliceNs, String why, long credit) {}

  /** A vCPU that will not come back. */
  void remove(Vcpu vcpu);

  /** It became runnable. */
  void wake(Vcpu vcpu);

  /** True when the first of two runnable ones should run before the other, which runs now. */
  boolean precedes(Vcpu vcpu, Vcpu running);

  /** It blocked, or went offline. */
  void sleep(Vcpu vcpu);

  /** It gives way once: to all others of its priority, or to one of a lower one. */
  void yield(Vcpu vcpu);

  /** It ran for so long, in nanoseconds. */
  void charge(Vcpu vcpu, long ns);

  /**
   * The next vCPU to run, or null when none may run before {@link #nextChange}. One that a pCPU has
   * ({@link Vcpu#held}), or has been called for ({@link SchedUnit#awaited}), is not for another.
   *
   * @param pcpu whose decision it is
   */
  Decision pick(long now, int pcpu);

  /** When a vCPU that is held back by its cap may run again; {@link Long#MAX_VALUE} for none. */
  long nextChange();
}
