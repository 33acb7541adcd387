package ringside.fuzz.nvme;

/**
 * The driver's side of a completion queue.
 *
 * <p>Invariant: entries from {@code head} to {@code seen} are seen and not acknowledged; those from
 * {@code seen} up to the one before {@code head} are the controller's to write.
 */
final class CompletionQueue implements HostMemory.Grant {
  final int id;
  final int size;
  final long base;
  final int vector;
  final boolean interrupts;

  /** Its deletion is under way. */
  boolean deleting;

  /** Next entry to look at. */
  int seen;

  /** Of a new entry there. */
  boolean phase = true;

  /** As the controller was last told. */
  int head;

  CompletionQueue(int id, int size, long base, int vector, boolean interrupts) {
    this.id = id;
    this.size = size;
    this.base = base;
    this.vector = vector;
    this.interrupts = interrupts;
  }

  /** Entries seen and not acknowledged. */
  int unacknowledged() {
    return Math.floorMod(seen - head, size);
  }

  void saw() {
    seen++;
    if (seen == size) {
      seen = 0;
      phase = !phase;
    }
  }

  @Override
  public long coveredTo(long at, boolean write) {
    long inside = at - base;
    if (!write || inside < 0 || inside >= (long) size * Spec.CQE) {
      return at;
    }
    int entry = (int) (inside / Spec.CQE);
    boolean free = Math.floorMod(entry - seen, size) < Math.floorMod(head - 1 - seen, size);
    return free ? base + (entry + 1L) * Spec.CQE : at;
  }
}
