package ringside.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Everything that shall happen at a point of virtual time.
 *
 * <p>Invariant: due timers fire in the order of their deadlines, equal ones in the order in which
 * they were set; a cancelled timer never fires.
 */
public final class Timers {
  /** One pending action. */
  public static final class Timer {
    private final long deadline;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    private Timer(long deadline, long sequence, Runnable action) {
      this.deadline = deadline;
      this.sequence = sequence;
      this.action = action;
    }

    /** Nanoseconds of virtual time. */
    public long deadline() {
      return deadline;
    }
  }

  /** A deadline from here on, 146 years away, never comes: sums of times stay far from overflow. */
  private static final long NEVER = 1L << 62;

  private final PriorityQueue<Timer> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Timer t) -> t.deadline).thenComparingLong(t -> t.sequence));
  private long sequence;

  /** Runs the action when virtual time reaches the deadline; one in the past fires soon. */
  public Timer at(long deadline, Runnable action) {
    Timer timer = new Timer(deadline >= NEVER ? Long.MAX_VALUE : deadline, sequence++, action);
    queue.add(timer);
    return timer;
  }

  /** No effect on null, or on one that fired. */
  public void cancel(Timer timer) {
    if (timer != null) {
      timer.cancelled = true;
      queue.remove(timer);
    }
  }

  /** Deadline of the next timer, or {@link Long#MAX_VALUE}. */
  public long next() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().deadline;
  }

  /** Fires all that are due; actions may set new ones. */
  public void fireDue(long now) {
    while (!queue.isEmpty() && queue.peek().deadline <= now) {
      Timer timer = queue.poll();
      if (!timer.cancelled) {
        timer.action.run();
      }
    }
  }
}
