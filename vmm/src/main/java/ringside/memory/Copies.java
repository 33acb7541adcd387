package ringside.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Copies of many bytes, which threads that have nothing else to do lend a hand with: a device
 * transfers its data faster while another pCPU rests.
 *
 * <p>Invariant: when {@link #copy} returns all bytes are there, and nobody who helped touches the
 * buffers any more. Where nobody helps it is a plain copy.
 */
public final class Copies {
  /**
   * Bytes. To hand over a half takes two messages between CPUs, some 0.2 us, in which 4 KiB are
   * copied; so a half is to have several times as many.
   */
  private static final int LEAST = 32 << 10;

  /** Before whoever waits for a helper lets other threads of the host run. */
  private static final int SPINS = 1_000;

  private final AtomicInteger helpers = new AtomicInteger();

  private final AtomicLong helped = new AtomicLong();

  /** The half of a copy that nobody has taken yet. */
  private final AtomicReference<Half> offered = new AtomicReference<>();

  /**
   * As {@link ByteBuffer#put(int, ByteBuffer, int, int)}: positions stay where they are. The two
   * places must not overlap. Help is for one copy at a time.
   */
  public void copy(ByteBuffer to, int at, ByteBuffer from, int start, int length) {
    if (length < LEAST || helpers.get() == 0) {
      to.put(at, from, start, length);
      return;
    }
    int first = length / 2;
    Half second = new Half(to, at + first, from, start + first, length - first);
    if (!offered.compareAndSet(null, second)) { // another copy is under way
      to.put(at, from, start, length);
      return;
    }
    try {
      to.put(at, from, start, first);
    } finally {
      if (!offered.compareAndSet(second, null)) {
        second.await();
      }
    }
    second.finish();
  }

  /** A thread begins to look for something to help with; until {@link #helperLeaves}. */
  public void helperComes() {
    helpers.incrementAndGet();
  }

  public void helperLeaves() {
    helpers.decrementAndGet();
  }

  /** Takes the half of a copy that is under way. False when there is none. */
  public boolean help() {
    Half half = offered.get();
    if (half == null || !offered.compareAndSet(half, null)) {
      return false;
    }
    half.help();
    helped.incrementAndGet();
    return true;
  }

  /** In how many copies somebody has lent a hand. */
  public long helped() {
    return helped.get();
  }

  /** Done by a helper, or by whoever offered it when nobody has taken it. */
  private static final class Half {
    private final ByteBuffer to;
    private final int at;
    private final ByteBuffer from;
    private final int start;
    private final int length;
    private Throwable failure;
    private volatile boolean done;

    Half(ByteBuffer to, int at, ByteBuffer from, int start, int length) {
      this.to = to;
      this.at = at;
      this.from = from;
      this.start = start;
      this.length = length;
    }

    void help() {
      try {
        to.put(at, from, start, length);
      } catch (RuntimeException | Error e) {
        failure = e; // thrown by whoever offered it
      } finally {
        done = true;
      }
    }

    void await() {
      for (int i = 0; !done; i++) {
        if (i < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    void finish() {
      if (!done) {
        to.put(at, from, start, length);
      } else if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
