package ringside.sched;

import ringside.domain.Vcpu;

/**
 * What the scheduler knows of a vCPU, as Xen's struct sched_unit; the vCPU has it, so that nobody
 * searches for it.
 *
 * <p>Invariant: only the scheduler of the vCPU's machine changes what it has of credit and turn;
 * where the vCPU runs is told by the pCPUs.
 */
public final class SchedUnit {
  /** Who runs first. */
  enum Priority {
    BOOST("boost"),
    UNDER("under"),
    OVER("over");

    /** As the trace says it. */
    final String word;

    Priority(String word) {
      this.word = word;
    }
  }

  final Vcpu vcpu;
  Priority priority = Priority.UNDER;
  long credit;
  long usedNs;
  boolean active;

  /** The scheduler has seen it. */
  boolean known;

  /** It is runnable, or runs: it stands in the queue. */
  boolean queued;

  /** Somebody else first, once, whatever the priorities (as in Xen); behind its equals anyway. */
  boolean yielded;

  private int home;
  private long awaitedUntil;

  public SchedUnit(Vcpu vcpu) {
    this.vcpu = vcpu;
  }

  /** Its priority is higher; than null's anyway. */
  boolean before(SchedUnit other) {
    return other == null || priority.compareTo(other.priority) < 0;
  }

  /** The pCPU that had it last: the caches there may still have what it works on. */
  public int home() {
    return home;
  }

  /** That pCPU has been called for it: up to then, it is for no other. */
  public void awaited(long untilNs) {
    awaitedUntil = untilNs;
  }

  /** A pCPU has been called for it, and is not that one. */
  boolean awaitedByOther(int pcpu, long now) {
    return pcpu != home && now < awaitedUntil;
  }

  /** Where it runs from now on. */
  public void home(int pcpu) {
    home = pcpu;
    awaitedUntil = 0;
  }
}
