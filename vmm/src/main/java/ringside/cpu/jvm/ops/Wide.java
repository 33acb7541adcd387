package ringside.cpu.jvm.ops;

/** Arithmetic on unsigned numbers of 128 bits. */
final class Wide {
  private static final long HALF = 0xffff_ffffL;

  private Wide() {}

  /**
   * The quotient of high:low and a divisor, all unsigned; {@code high} is less than the divisor.
   *
   * <p>Schoolbook division with two digits of 32 bits (Knuth, volume 2, 4.3.1, algorithm D).
   */
  static long divide(long high, long low, long divisor) {
    if (high == 0) {
      return Long.divideUnsigned(low, divisor);
    }
    int shift = Long.numberOfLeadingZeros(divisor);
    long d = divisor << shift;
    long top = shift == 0 ? high : high << shift | low >>> 64 - shift;
    long rest = low << shift;
    long first = digit(top, rest >>> 32, d);
    long middle = (top << 32 | rest >>> 32) - first * d;
    return first << 32 | digit(middle, rest & HALF, d);
  }

  /** One digit of top:next / d; the top bit of d is set. */
  private static long digit(long top, long next, long d) {
    long dHigh = d >>> 32;
    long dLow = d & HALF;
    long q = Long.divideUnsigned(top, dHigh);
    long r = top - q * dHigh;
    while (q > HALF || Long.compareUnsigned(q * dLow, r << 32 | next) > 0) {
      q--;
      r += dHigh;
      if (r > HALF) {
        break;
      }
    }
    return q;
  }
}
