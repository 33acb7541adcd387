package ringside.domain;

/**
 * The rest of a hypercall that could not finish at once: too long for one go, or waiting. The pCPU
 * loop resumes it each time before the vCPU would run guest code; until it is done the vCPU
 * executes nothing and takes no interrupt.
 */
@FunctionalInterface
public interface Continuation {
  /** Virtual time that one go costs, in nanoseconds. */
  long STEP_NS = 1_000;

  /**
   * Does a bounded part of the work.
   *
   * @return the hypercall's result, or {@link ringside.hypercall.Hypercall#UNFINISHED}
   */
  long resume();
}
