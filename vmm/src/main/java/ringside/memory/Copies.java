package ringside.memory;

import com.google.common.base.Throwables;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies of many bytes, which threads that have nothing else to do lend a hand with: a device
 * transfers its data faster while another pCPU rests. Who asks for a copy may ask for the next ones
 * before it is there.
 *
 * <p>Invariant: when {@link #finish} returns, all is there that was asked for, and nobody who
 * helped touches the buffers any more. Copies that have bytes in common are done in the order in
 * which they were asked for. One thread at a time asks and finishes: who has the core lock. Any
 * thread may help.
 */
public final class Copies {
  /**
   * Bytes. To hand a copy over takes messages between CPUs, some 0.2 us, in which 4 KiB are copied;
   * so it is to have several times as many.
   */
  private static final int LEAST = 32 << 10;

  /** Bytes in a piece at most, which one thread copies: who helps is soon free again. */
  private static final int MOST = 64 << 10;

  /** Pieces under way at most; a power of two. */
  private static final int ROOM = 128;

  /** Before whoever waits for a helper lets other threads of the host run. */
  private static final int SPINS = 1_000;

  private final boolean helpers;
  private final CopyPiece[] pieces = new CopyPiece[ROOM];

  /** What is asked for just now, as if it were one piece. */
  private final CopyPiece whole = new CopyPiece();

  /** How many pieces have been asked for; before that they were written. */
  private volatile long asked;

  /** How many have somebody who does them. */
  private final AtomicLong taken = new AtomicLong();

  /** How many are there. */
  private final AtomicLong done = new AtomicLong();

  /** How many are there for all who asked. */
  private long finished;

  private final AtomicLong helped = new AtomicLong();
  private volatile Throwable failure;
  private boolean later;

  /**
   * @param helpers whether anybody will ever {@link #help}; else each copy is done at once
   */
  public Copies(boolean helpers) {
    this.helpers = helpers;
    for (int i = 0; i < ROOM; i++) {
      pieces[i] = new CopyPiece();
    }
  }

  /**
   * Copies that are asked for from now on may be done as late as in {@link #finish}, or may not.
   */
  public void later(boolean allowed) {
    later = helpers && allowed;
  }

  /**
   * As {@link ByteBuffer#put(int, ByteBuffer, int, int)}: positions stay where they are. The two
   * places must not overlap.
   */
  public void copy(ByteBuffer to, int at, ByteBuffer from, int start, int length) {
    boolean told = CopyPiece.tells(to) && CopyPiece.tells(from);
    if (!isFinished() && (!told || touches(to, at, from, start, length))) {
      finish();
    }
    if (!later || !told || length < LEAST) {
      to.put(at, from, start, length);
      return;
    }
    Objects.checkFromIndexSize(at, length, to.limit());
    Objects.checkFromIndexSize(start, length, from.limit());
    for (int i = 0; i < length; i += MOST) {
      ask(to, at + i, from, start + i, Math.min(MOST, length - i));
    }
  }

  private boolean touches(ByteBuffer to, int at, ByteBuffer from, int start, int length) {
    whole.is(to, at, from, start, length);
    for (long i = finished; i < asked; i++) {
      if (piece(i).touches(whole)) {
        return true;
      }
    }
    return false;
  }

  private CopyPiece piece(long number) {
    return pieces[(int) number & ROOM - 1];
  }

  private void ask(ByteBuffer to, int at, ByteBuffer from, int start, int length) {
    if (asked - finished == ROOM) {
      finish();
    }
    piece(asked).is(to, at, from, start, length);
    asked = asked + 1;
  }

  /** Nothing is under way. */
  public boolean isFinished() {
    return finished == asked;
  }

  /** Does what nobody has begun yet, and waits for those who help. What failed is thrown here. */
  public void finish() {
    while (doNext()) {}
    for (int i = 0; done.get() != asked; i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    finished = asked;
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      Throwables.throwIfUnchecked(thrown);
    }
  }

  /** Does a part of what was asked for. False when there was none to be done. */
  public boolean help() {
    boolean found = doNext();
    if (found) {
      helped.incrementAndGet();
    }
    return found;
  }

  private boolean doNext() {
    long next = taken.get();
    if (next == asked || !taken.compareAndSet(next, next + 1)) {
      return false;
    }
    try {
      piece(next).copy();
    } catch (RuntimeException | Error e) {
      failure = e; // thrown by whoever finishes
    } finally {
      done.incrementAndGet();
    }
    return true;
  }

  /** In how many pieces somebody has lent a hand. */
  public long helped() {
    return helped.get();
  }
}
