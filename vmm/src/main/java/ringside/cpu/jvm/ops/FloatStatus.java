package ringside.cpu.jvm.ops;

/**
 * How one operation rounds, and which exceptions it met. The bits are those of MXCSR and of x87's
 * status word, which agree.
 */
final class FloatStatus {
  static final int INVALID = 1;
  static final int DENORMAL = 2;
  static final int DIVIDE = 4;
  static final int OVERFLOW = 8;
  static final int UNDERFLOW = 16;
  static final int PRECISION = 32;

  static final int NEAREST = 0;
  static final int DOWN = 1;
  static final int UP = 2;
  static final int ZERO = 3;

  /** {@link #NEAREST} (even), {@link #DOWN}, {@link #UP} or {@link #ZERO}. */
  final int mode;

  /** Exceptions that are masked. */
  final int masks;

  /** Denormal operands are zeros. */
  final boolean denormalsAreZeros;

  /** Tiny results are zeros, if underflow is masked. */
  final boolean flushToZero;

  /** PRECISION was met before and is masked: whether it is met again changes nothing. */
  final boolean inexactKnown;

  /** Exceptions met so far. */
  int flags;

  /** The last result was rounded away from zero. */
  boolean roundedUp;

  FloatStatus(int mode, int masks, boolean denormalsAreZeros, boolean flushToZero) {
    this(mode, masks, denormalsAreZeros, flushToZero, 0);
  }

  private FloatStatus(
      int mode, int masks, boolean denormalsAreZeros, boolean flushToZero, int before) {
    this.mode = mode;
    this.masks = masks;
    this.denormalsAreZeros = denormalsAreZeros;
    this.flushToZero = flushToZero;
    this.inexactKnown = (before & masks & PRECISION) != 0;
  }

  static FloatStatus ofMxcsr(int mxcsr) {
    return new FloatStatus(
        mxcsr >> 13 & 3, mxcsr >> 7 & 0x3f, (mxcsr & 1 << 6) != 0, (mxcsr & 1 << 15) != 0, mxcsr);
  }

  static FloatStatus ofX87(int control) {
    return new FloatStatus(control >> 10 & 3, control & 0x3f, false, false);
  }

  void raise(int exceptions) {
    flags |= exceptions;
  }

  FloatNumber invalid() {
    raise(INVALID);
    return FloatNumber.INDEFINITE;
  }

  boolean masked(int exception) {
    return (masks & exception) != 0;
  }
}
