package ringside.fuzz.nvme;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The driver's side of a submission queue.
 *
 * <p>Invariant: entries from {@code head} to {@code rung} are the controller's to read; those up to
 * {@code tail} are written but not yet announced.
 */
final class SubmissionQueue implements HostMemory.Grant {
  final int id;
  final int size;
  final int cq;
  final long base;
  final SortedMap<Integer, Command> outstanding = new TreeMap<>();
  final List<Command> unannounced = new ArrayList<>();

  /** Its deletion is under way. */
  boolean deleting;

  int tail;

  /** How many entries were ever written. */
  long written;

  private long read;
  private int head;
  private int rung;

  SubmissionQueue(int id, int size, int cq, long base) {
    this.id = id;
    this.size = size;
    this.cq = cq;
    this.base = base;
  }

  boolean full() {
    return (tail + 1) % size == head;
  }

  /**
   * Announces what was written.
   *
   * @return whether that goes past the end of the queue
   */
  boolean ring() {
    boolean wraps = tail < rung;
    rung = tail;
    return wraps;
  }

  /**
   * A completion says how far the controller has read.
   *
   * @param number of the command that it completes: how many were written before
   */
  void head(int reported, long number) {
    int known = Math.floorMod(rung - head, size);
    int told = Math.floorMod(reported - head, size);
    Divergence.unless(
        reported < size && told <= known,
        "SQHD %d of SQ %d, which has entries from %d to %d",
        reported,
        id,
        head,
        rung);
    read += told;
    head = reported;
    Divergence.unless(number < read, "SQHD %d of SQ %d is before what completes", reported, id);
  }

  @Override
  public long coveredTo(long at, boolean write) {
    long inside = at - base;
    if (write || inside < 0 || inside >= (long) size * Spec.SQE) {
      return at;
    }
    int entry = (int) (inside / Spec.SQE);
    boolean readable = Math.floorMod(entry - head, size) < Math.floorMod(rung - head, size);
    return readable ? base + (entry + 1L) * Spec.SQE : at;
  }
}
