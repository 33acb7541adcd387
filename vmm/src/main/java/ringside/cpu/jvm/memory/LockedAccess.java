package ringside.cpu.jvm.memory;

import java.util.function.LongUnaryOperator;
import ringside.memory.Access;
import ringside.memory.Gpa;

/**
 * Changes of memory in one step against all processors: LOCK, XCHG with memory, CMPXCHG16B.
 *
 * <p>Invariant: where the host cannot do it in one step, no other processor executes guest code
 * meanwhile.
 */
final class LockedAccess {
  private final Mmu mmu;

  LockedAccess(Mmu mmu) {
    this.mmu = mmu;
  }

  /** See {@link Mmu#update}. */
  long update(long linear, int size, LongUnaryOperator update) {
    View view = mmu.present();
    long host = view.storeHost(linear, size);
    if (host != 0 && Atomics.possible(host, size)) {
      return Atomics.update(host, size, update);
    }
    host = updatable(view, linear, size);
    if (host != 0 && Atomics.possible(host, size)) {
      long old = Atomics.update(host, size, update);
      mmu.updated(linear, size, host);
      return old;
    }
    long[] old = new long[1];
    mmu.alone(
        () -> {
          old[0] = mmu.load(linear, size);
          mmu.store(linear, size, update.applyAsLong(old[0]));
        });
    return old[0];
  }

  /** See {@link Mmu#compareAndExchange16}. */
  boolean compareAndExchange16(
      long linear, long expectedLow, long expectedHigh, long low, long high, long[] old) {
    mmu.checkStore(linear, 16);
    boolean[] equal = new boolean[1];
    mmu.alone(
        () -> {
          old[0] = mmu.load(linear, 8);
          old[1] = mmu.load(linear + 8, 8);
          equal[0] = old[0] == expectedLow && old[1] == expectedHigh;
          if (equal[0]) {
            mmu.store(linear, 8, low);
            mmu.store(linear + 8, 8, high);
          }
        });
    return equal[0];
  }

  /** Host address for a change in one step, or 0 where the change takes several. */
  private long updatable(View view, long linear, int size) {
    if (Mmu.crosses(linear, size)) {
      mmu.writable(view, linear);
      mmu.writable(view, mmu.end(linear, size));
      return 0;
    }
    long gpa = mmu.writable(view, linear);
    if (mmu.space.access(gpa >>> Gpa.PAGE_SHIFT) == Access.NONE) {
      return 0;
    }
    mmu.fillStore(view, linear, gpa);
    return mmu.space.base() + gpa;
  }
}
