package ringside.domain;

import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import ringside.memory.Copies;

/**
 * Where a pCPU without work waits until it is called or some time has passed.
 *
 * <p>Invariant: a call to one that rests is not lost. All but the first moments of a rest are slept
 * away; these are spent looking, since work often comes back within them and waking a thread of the
 * host takes longer. Who looks lends a hand with the copies of others, which is rest all the same,
 * and looks for as long again: while a device transfers much, a pCPU without work does not sleep.
 * Rest is what lies between its begin and the call or the end that was asked for, not what the host
 * takes to let the thread go on then.
 */
final class RestingPlace {
  /** How long a pCPU looks before it sleeps, since the rest began or it last helped, in ns. */
  private static final long LOOK_NS = 50_000;

  private final CoreLock lock;
  private final Condition wake;
  private final LongSupplier hostNs;
  private final Copies copies;
  private volatile boolean called;
  private boolean taken;
  private long beginNs;
  private long endNs;
  private long restedNs;

  RestingPlace(CoreLock lock, LongSupplier hostNs, Copies copies) {
    this.lock = lock;
    this.wake = lock.condition();
    this.hostNs = hostNs;
    this.copies = copies;
  }

  /** A pCPU rests here and has not been called. */
  boolean taken() {
    return taken && !called;
  }

  /** How much has been rested here, what goes on included. */
  long restedNs() {
    return restedNs + (taken() ? restNs() : 0);
  }

  private long restNs() {
    return Math.max(0, Math.min(hostNs.getAsLong(), endNs) - beginNs);
  }

  /** Rests for at most so many nanoseconds; gives up the lock meanwhile. */
  void rest(long ns) {
    beginNs = hostNs.getAsLong();
    endNs = ns > Long.MAX_VALUE - Math.max(beginNs, 0) ? Long.MAX_VALUE : beginNs + ns;
    called = false;
    taken = true;
    lock.leave();
    try {
      look();
    } finally {
      lock.enter();
    }
    sleep();
    restedNs = restedNs();
    taken = false;
  }

  /** Where there is something to help with, there may soon be more. */
  private void look() {
    long until = Math.min(endNs - beginNs, LOOK_NS) + beginNs;
    while (!called && hostNs.getAsLong() - until < 0) {
      if (copies.help()) {
        long now = hostNs.getAsLong();
        until = Math.min(endNs - now, LOOK_NS) + now;
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void sleep() {
    try {
      for (long left = left(); !called && left > 0; left = left()) {
        wake.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a pCPU", e);
    }
  }

  private long left() {
    return endNs == Long.MAX_VALUE ? Long.MAX_VALUE : endNs - hostNs.getAsLong();
  }

  /** Ends the rest. False when nobody rests here, or has been called already. */
  boolean call() {
    if (!taken()) {
      return false;
    }
    restedNs = restedNs();
    called = true;
    wake.signal();
    return true;
  }

  /** Ends the rest when it would last longer than so many nanoseconds from now. */
  void callBefore(long ns) {
    if (ns < left()) {
      call();
    }
  }
}
