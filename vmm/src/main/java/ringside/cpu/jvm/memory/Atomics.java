package ringside.cpu.jvm.memory;

import java.util.function.LongUnaryOperator;

/** Changes of shared memory in one step, as far as the host has such a step. */
final class Atomics {
  private Atomics() {}

  /** True when the bytes lie in one aligned word of 8. */
  static boolean possible(long host, int size) {
    return (host & 7) + size <= 8;
  }

  /**
   * Replaces a value by {@code update(old)}; the function may be called several times.
   *
   * @return the old value, zero-extended
   */
  static long update(long host, int size, LongUnaryOperator update) {
    long word = host & -8;
    int shift = 8 * (int) (host & 7);
    long mask = size == 8 ? -1 : (1L << 8 * size) - 1;
    while (true) {
      long all = HostMemory.UNSAFE.getLongVolatile(null, word);
      long old = all >>> shift & mask;
      long changed = all & ~(mask << shift) | (update.applyAsLong(old) & mask) << shift;
      if (HostMemory.UNSAFE.compareAndSetLong(null, word, all, changed)) {
        return old;
      }
    }
  }
}
