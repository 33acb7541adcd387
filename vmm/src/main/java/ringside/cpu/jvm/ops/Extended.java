package ringside.cpu.jvm.ops;

/**
 * An 80-bit number of x87, as its bits are: sign and biased exponent, and a significand with an
 * explicit integer bit.
 */
record Extended(int signExponent, long significand) {
  static final Extended ZERO = new Extended(0, 0);
  static final Extended ONE = new Extended(0x3fff, Long.MIN_VALUE);

  /** The NaN of invalid operations. */
  static final Extended INDEFINITE = new Extended(0xffff, 3L << 62);

  boolean negative() {
    return signExponent >> 15 != 0;
  }

  /** Biased by 16383. */
  int exponent() {
    return signExponent & 0x7fff;
  }
}
