package ringside.cpu.jvm.ops;

/**
 * A binary format, or a precision of x87: how many bits a significand has and how far exponents go.
 *
 * @param precision bits of the significand, the leading one among them
 * @param top largest exponent; the smallest of normal numbers is {@code 1 - top}
 */
record FloatFormat(int precision, int top) {
  static final FloatFormat SINGLE = new FloatFormat(24, 127);
  static final FloatFormat DOUBLE = new FloatFormat(53, 1023);
  static final FloatFormat EXTENDED = new FloatFormat(64, 16383);

  int bottom() {
    return 1 - top;
  }

  /** Of {@link #SINGLE} and {@link #DOUBLE}. */
  int bytes() {
    return precision == 24 ? 4 : 8;
  }

  boolean denormal(FloatNumber n) {
    return n.finite() && n.exponent() < bottom();
  }

  /** From the bits of a {@link #SINGLE} or a {@link #DOUBLE}. */
  FloatNumber unpack(long bits) {
    int width = precision - 1;
    int biased = (int) (bits >>> width) & 2 * top + 1;
    boolean negative = (bits >>> 8 * bytes() - 1 & 1) != 0;
    long fraction = (bits & (1L << width) - 1) << 63 - width;
    if (biased == 2 * top + 1) {
      return fraction == 0 ? FloatNumber.infinite(negative) : FloatNumber.nan(negative, fraction);
    }
    if (biased == 0) {
      return fraction == 0
          ? FloatNumber.zero(negative)
          : FloatNumber.finite(negative, bottom(), fraction);
    }
    return FloatNumber.finite(negative, biased - top, fraction | Long.MIN_VALUE);
  }

  /** To the bits of a {@link #SINGLE} or a {@link #DOUBLE}; the number must fit exactly. */
  long pack(FloatNumber n) {
    int width = precision - 1;
    long sign = n.negative() ? 1L << 8 * bytes() - 1 : 0;
    long special = (2L * top + 1) << width;
    long fraction = (n.significand() & Long.MAX_VALUE) >>> 63 - width;
    return sign
        | switch (n.kind()) {
          case ZERO -> 0;
          case INFINITE -> special;
          case QUIET, SIGNALLING -> special | fraction;
          case FINITE ->
              n.exponent() >= bottom()
                  ? (long) (n.exponent() + top) << width | fraction
                  : n.significand() >>> 63 - width + bottom() - n.exponent();
        };
  }

  /** From the 80-bit format. Pseudo-denormals are numbers; what has no integer bit is none here. */
  static FloatNumber unpack(Extended x) {
    if (x.exponent() == 0x7fff) {
      return x.significand() == Long.MIN_VALUE
          ? FloatNumber.infinite(x.negative())
          : FloatNumber.nan(x.negative(), x.significand());
    }
    if (x.significand() == 0) {
      return FloatNumber.zero(x.negative());
    }
    int biased = Math.max(x.exponent(), 1);
    return FloatNumber.finite(x.negative(), biased - 16383, x.significand());
  }

  static Extended packExtended(FloatNumber n) {
    int sign = n.negative() ? 0x8000 : 0;
    return switch (n.kind()) {
      case ZERO -> new Extended(sign, 0);
      case INFINITE -> new Extended(sign | 0x7fff, Long.MIN_VALUE);
      case QUIET, SIGNALLING -> new Extended(sign | 0x7fff, n.significand());
      case FINITE -> {
        int shift = EXTENDED.bottom() - n.exponent();
        yield shift > 0
            ? new Extended(sign, n.significand() >>> shift)
            : new Extended(sign | n.exponent() + 16383, n.significand());
      }
    };
  }
}
