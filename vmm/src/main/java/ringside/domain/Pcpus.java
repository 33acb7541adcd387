package ringside.domain;

import com.google.common.primitives.ImmutableLongArray;
import ringside.cpu.Platform;

/**
 * The pCPUs of a machine, together: what the core tells them. All but {@link #interrupt} and {@link
 * #visitor} is called with the core lock held, where there is one.
 */
sealed interface Pcpus permits SinglePcpu, ParallelPcpus {
  static Pcpus of(Machine machine, Parallelism parallelism) {
    return parallelism.pcpus() == 1
        ? new SinglePcpu(machine)
        : new ParallelPcpus(machine, parallelism);
  }

  int count();

  /** Runs vCPUs until there is a reason not to, at the latest when the clock is at that time. */
  Pcpu.End run(long untilNs);

  /**
   * For each pCPU, how much time it has had of the host, in ns: what it executed, and what it had
   * nothing to do. Neither the time between being called and coming, nor that in which guest code
   * stands still.
   */
  ImmutableLongArray hadNs();

  void idleWait(IdleWait wait);

  /** From any thread: {@link #run} comes back before its next decision. */
  void interrupt();

  /** From any thread: somebody waits to be let in, even if nothing else happens. */
  void visitor();

  /** The scheduler has been told that it can run. */
  void runnable(Vcpu vcpu);

  /** Ends the slice of a vCPU, if it has one, at the next instruction boundary. */
  void preempt(Vcpu vcpu);

  /** Ends all slices so. */
  void preemptAll();

  /** A timer may now be due before whatever pCPUs wait for. */
  void timersChanged();

  /** A device has done a part of what it does at once; see {@link Machine#letOthersIn}. */
  void letIn(Runnable before);

  /** A vCPU's surroundings as its processor is to find them. */
  Platform around(Vcpu vcpu, Platform platform);
}
