package ringside.cpu.jvm.ops;

/**
 * A binary floating-point number, unpacked from whatever format.
 *
 * <p>Invariant: the value of a finite one is {@code significand x 2^(exponent - 63)}, and bit 63 of
 * the significand is set, for denormal numbers too. Of a NaN the significand holds the payload,
 * left-justified as in the 80-bit format.
 */
record FloatNumber(Kind kind, boolean negative, int exponent, long significand) {
  /** What it is. */
  enum Kind {
    ZERO,
    FINITE,
    INFINITE,
    QUIET,
    SIGNALLING
  }

  /** Result of invalid operations: "QNaN floating-point indefinite". */
  static final FloatNumber INDEFINITE = new FloatNumber(Kind.QUIET, true, 0, 3L << 62);

  static FloatNumber zero(boolean negative) {
    return new FloatNumber(Kind.ZERO, negative, 0, 0);
  }

  static FloatNumber infinite(boolean negative) {
    return new FloatNumber(Kind.INFINITE, negative, 0, 0);
  }

  static FloatNumber nan(boolean negative, long significand) {
    boolean quiet = (significand & 1L << 62) != 0;
    Kind kind = quiet ? Kind.QUIET : Kind.SIGNALLING;
    return new FloatNumber(kind, negative, 0, significand | Long.MIN_VALUE);
  }

  /** Any significand but zero; value {@code significand x 2^(exponent - 63)}. */
  static FloatNumber finite(boolean negative, int exponent, long significand) {
    int shift = Long.numberOfLeadingZeros(significand);
    return new FloatNumber(Kind.FINITE, negative, exponent - shift, significand << shift);
  }

  boolean nan() {
    return kind == Kind.QUIET || kind == Kind.SIGNALLING;
  }

  boolean signalling() {
    return kind == Kind.SIGNALLING;
  }

  boolean zero() {
    return kind == Kind.ZERO;
  }

  boolean finite() {
    return kind == Kind.FINITE;
  }

  boolean infinite() {
    return kind == Kind.INFINITE;
  }

  FloatNumber quiet() {
    return new FloatNumber(Kind.QUIET, negative, 0, significand | 1L << 62);
  }

  FloatNumber negate() {
    return new FloatNumber(kind, !negative, exponent, significand);
  }

  /** Order of two numbers that are no NaN: negative, 0 or positive. */
  int compare(FloatNumber other) {
    int sign = signum();
    if (sign != other.signum()) {
      return sign - other.signum();
    }
    return sign * magnitude(other);
  }

  private int signum() {
    return zero() ? 0 : negative ? -1 : 1;
  }

  private int magnitude(FloatNumber other) {
    if (zero() || infinite() || other.infinite()) {
      return Boolean.compare(infinite(), other.infinite());
    }
    return exponent != other.exponent
        ? Integer.compare(exponent, other.exponent)
        : Long.compareUnsigned(significand, other.significand);
  }
}
