package ringside.device.nvme;

import java.util.SortedMap;
import java.util.TreeMap;
import ringside.time.Timers;

/**
 * Where commands come from (NVM Express 1.4, section 4.1).
 *
 * <p>Invariant: entries from head to tail are not fetched yet; {@code flights} holds what is
 * fetched and has no completion yet, one command to an identifier.
 */
final class SubmissionQueue {
  /** A command under way. */
  static final class Flight {
    final SubmissionQueue sq;
    final Sqe sqe;
    final long cause;

    /** Null for one that waits for an event, or is being executed. */
    Timers.Timer timer;

    Flight(SubmissionQueue sq, Sqe sqe, long cause) {
      this.sq = sq;
      this.sqe = sqe;
      this.cause = cause;
    }
  }

  final int id;
  final long base;
  final int size;
  final CompletionQueue cq;
  final SortedMap<Integer, Flight> flights = new TreeMap<>();
  int head;
  int tail;

  /** Trace id of the doorbell. */
  long cause;

  SubmissionQueue(int id, long base, int size, CompletionQueue cq) {
    this.id = id;
    this.base = base;
    this.size = size;
    this.cq = cq;
  }

  /**
   * Whether an entry may be fetched: no more are under way than the queue has entries, or a guest
   * that never acknowledges could make us keep any number.
   */
  boolean ready() {
    int most = id == 0 ? size + AsyncEvents.LIMIT : size; // requests that wait hold nobody up
    return head != tail && flights.size() < most && cq.waiting.size() < size;
  }

  long address() {
    return base + (long) head * Sqe.BYTES;
  }

  void advance() {
    head = (head + 1) % size;
  }
}
