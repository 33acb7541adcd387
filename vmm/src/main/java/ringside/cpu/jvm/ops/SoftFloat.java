package ringside.cpu.jvm.ops;

import java.math.BigInteger;

/**
 * Exact arithmetic with one rounding at the end, in any format and rounding mode (IEEE 754; Intel
 * SDM volume 1, 4.8 and 4.9). Operands are no NaNs: how those go on differs between SSE and x87 and
 * is theirs. Tininess is found after rounding, as the processor does; a result whose overflow or
 * underflow is not masked is for the caller to replace.
 */
final class SoftFloat {
  private static final long HALF = Long.MIN_VALUE;

  private SoftFloat() {}

  static FloatNumber add(FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    if (a.infinite() || b.infinite()) {
      boolean opposite = a.infinite() && b.infinite() && a.negative() != b.negative();
      return opposite ? s.invalid() : a.infinite() ? a : b;
    }
    if (a.zero() && b.zero()) {
      return a.negative() == b.negative() ? a : FloatNumber.zero(s.mode == FloatStatus.DOWN);
    }
    if (a.zero() || b.zero()) {
      return round(s, f, a.zero() ? b : a);
    }
    return a.exponent() > b.exponent()
            || a.exponent() == b.exponent()
                && Long.compareUnsigned(a.significand(), b.significand()) >= 0
        ? addOrdered(s, f, a, b)
        : addOrdered(s, f, b, a);
  }

  static FloatNumber subtract(FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    return add(s, f, a, b.negate());
  }

  /** The magnitude of a is not below that of b. */
  private static FloatNumber addOrdered(
      FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    int distance = a.exponent() - b.exponent();
    long high = distance < 64 ? b.significand() >>> distance : 0;
    long low = shiftedOut(b.significand(), distance);
    if (a.negative() == b.negative()) {
      long sum = a.significand() + high;
      return Long.compareUnsigned(sum, high) < 0
          ? round(s, f, a.negative(), a.exponent() + 1, sum >>> 1 | HALF, halved(sum, low))
          : round(s, f, a.negative(), a.exponent(), sum, low);
    }
    long restLow = -low;
    long rest = a.significand() - high - (low != 0 ? 1 : 0);
    if ((rest | restLow) == 0) {
      return FloatNumber.zero(s.mode == FloatStatus.DOWN);
    }
    if (rest == 0) {
      int shift = Long.numberOfLeadingZeros(restLow);
      return round(s, f, a.negative(), a.exponent() - 64 - shift, restLow << shift, 0);
    }
    int shift = Long.numberOfLeadingZeros(rest);
    long normal = shift == 0 ? rest : rest << shift | restLow >>> 64 - shift;
    return round(s, f, a.negative(), a.exponent() - shift, normal, restLow << shift);
  }

  /** The 64 bits behind a shift to the right; what is lost beyond is kept in the last one. */
  private static long shiftedOut(long x, int distance) {
    if (distance == 0) {
      return 0;
    }
    if (distance < 64) {
      return x << 64 - distance;
    }
    if (distance == 64) {
      return x;
    }
    return distance > 127 ? 1 : x >>> distance - 64 | (x << 128 - distance != 0 ? 1 : 0);
  }

  private static long halved(long high, long low) {
    return high << 63 | low >>> 1 | low & 1;
  }

  static FloatNumber multiply(FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    boolean negative = a.negative() != b.negative();
    if (a.infinite() || b.infinite()) {
      return a.zero() || b.zero() ? s.invalid() : FloatNumber.infinite(negative);
    }
    if (a.zero() || b.zero()) {
      return FloatNumber.zero(negative);
    }
    long high = Math.unsignedMultiplyHigh(a.significand(), b.significand());
    long low = a.significand() * b.significand();
    int exponent = a.exponent() + b.exponent();
    return high < 0
        ? round(s, f, negative, exponent + 1, high, low)
        : round(s, f, negative, exponent, high << 1 | low >>> 63, low << 1);
  }

  static FloatNumber divide(FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    boolean negative = a.negative() != b.negative();
    if (a.infinite()) {
      return b.infinite() ? s.invalid() : FloatNumber.infinite(negative);
    }
    if (b.zero()) {
      if (a.zero()) {
        return s.invalid();
      }
      s.raise(FloatStatus.DIVIDE);
      return FloatNumber.infinite(negative);
    }
    if (a.zero() || b.infinite()) {
      return FloatNumber.zero(negative);
    }
    boolean less = Long.compareUnsigned(a.significand(), b.significand()) < 0;
    long remainder = less ? a.significand() : a.significand() >>> 1;
    long low = less ? 0 : a.significand() << 63;
    long quotient = 0;
    for (int k = 0; k < 64; k++) {
      boolean carry = remainder < 0;
      remainder = remainder << 1 | low >>> 63;
      low <<= 1;
      quotient <<= 1;
      if (carry || Long.compareUnsigned(remainder, b.significand()) >= 0) {
        remainder -= b.significand();
        quotient |= 1;
      }
    }
    boolean half = remainder < 0 || Long.compareUnsigned(remainder << 1, b.significand()) >= 0;
    boolean exactHalf = half && remainder << 1 == b.significand() && remainder >= 0;
    long rest = (half ? HALF : 0) | (remainder != 0 && !exactHalf ? 1 : 0);
    int exponent = a.exponent() - b.exponent() - (less ? 1 : 0);
    return round(s, f, negative, exponent, quotient, rest);
  }

  static FloatNumber squareRoot(FloatStatus s, FloatFormat f, FloatNumber a) {
    if (a.zero() || a.infinite() && !a.negative()) {
      return a;
    }
    if (a.negative()) {
      return s.invalid();
    }
    int odd = a.exponent() & 1;
    BigInteger square = new BigInteger(Long.toUnsignedString(a.significand())).shiftLeft(63 + odd);
    BigInteger[] root = square.sqrtAndRemainder();
    long rest = (root[1].compareTo(root[0]) > 0 ? HALF : 0) | (root[1].signum() != 0 ? 1 : 0);
    return round(s, f, false, a.exponent() - odd >> 1, root[0].longValue(), rest);
  }

  static FloatNumber ofInteger(FloatStatus s, FloatFormat f, long value) {
    if (value == 0) {
      return FloatNumber.zero(false);
    }
    return round(s, f, FloatNumber.finite(value < 0, 63, Math.abs(value)));
  }

  /** The number, which may come from a wider format, in this one. NaNs and infinities stay. */
  static FloatNumber round(FloatStatus s, FloatFormat f, FloatNumber a) {
    return a.finite() ? round(s, f, a.negative(), a.exponent(), a.significand(), 0) : a;
  }

  /** Rounded to an integer; raises PRECISION when that changes it. */
  static FloatNumber integer(FloatStatus s, int mode, FloatNumber a) {
    if (!a.finite() || a.exponent() >= 63) {
      return a;
    }
    int drop = 63 - a.exponent();
    boolean up = roundsUp(s, mode, a.negative(), a.significand(), 0, drop);
    long value = (drop < 64 ? a.significand() >>> drop : 0) + (up ? 1 : 0);
    return value == 0
        ? FloatNumber.zero(a.negative())
        : FloatNumber.finite(a.negative(), 63, value);
  }

  /**
   * As a signed integer of 2, 4 or 8 bytes; the "integer indefinite", which is the least one, with
   * INVALID when it has no place there.
   */
  static long toInteger(FloatStatus s, int mode, FloatNumber a, int size) {
    long least = -1L << 8 * size - 1;
    if (a.zero()) {
      return 0;
    }
    int before = s.flags;
    if (a.finite() && a.exponent() < 64) {
      FloatNumber n = integer(s, mode, a);
      if (n.zero()) {
        return 0;
      }
      if (n.exponent() < 8 * size - 1) {
        long value = n.significand() >>> 63 - n.exponent();
        return a.negative() ? -value : value;
      }
      if (n.negative() && n.exponent() == 8 * size - 1 && n.significand() == HALF) {
        return least;
      }
    }
    s.flags = before | FloatStatus.INVALID;
    return least;
  }

  /**
   * Rounds {@code (high:low) x 2^(exponent - 127)}, bit 127 set; the lowest bit stands for all that
   * was lost below.
   */
  private static FloatNumber round(
      FloatStatus s, FloatFormat f, boolean negative, int exponent, long high, long low) {
    int drop = 64 - f.precision();
    if (exponent < f.bottom()) {
      return roundTiny(s, f, negative, exponent, high, low);
    }
    boolean up = roundsUp(s, s.mode, negative, high, low, drop);
    long significand = (high >>> drop) + (up ? 1 : 0);
    boolean carried = up && (significand << drop) == 0;
    int e = carried ? exponent + 1 : exponent;
    if (e > f.top()) {
      return overflow(s, f, negative);
    }
    return new FloatNumber(
        FloatNumber.Kind.FINITE, negative, e, carried ? HALF : significand << drop);
  }

  private static FloatNumber overflow(FloatStatus s, FloatFormat f, boolean negative) {
    s.raise(FloatStatus.OVERFLOW | (s.masked(FloatStatus.OVERFLOW) ? FloatStatus.PRECISION : 0));
    boolean infinite =
        switch (s.mode) {
          case FloatStatus.NEAREST -> true;
          case FloatStatus.DOWN -> negative;
          case FloatStatus.UP -> !negative;
          default -> false;
        };
    s.roundedUp = infinite;
    return infinite
        ? FloatNumber.infinite(negative)
        : new FloatNumber(FloatNumber.Kind.FINITE, negative, f.top(), -1L << 64 - f.precision());
  }

  private static FloatNumber roundTiny(
      FloatStatus s, FloatFormat f, boolean negative, int exponent, long high, long low) {
    int before = s.flags;
    int drop = 64 - f.precision();
    boolean carries =
        roundsUp(s, s.mode, negative, high, low, drop) && high >>> drop == -1L >>> drop;
    boolean tiny = !carries || exponent < f.bottom() - 1;
    if (tiny && !s.masked(FloatStatus.UNDERFLOW)) {
      s.raise(FloatStatus.UNDERFLOW);
      return FloatNumber.zero(negative);
    }
    s.flags = before;
    if (tiny && s.flushToZero) {
      s.raise(FloatStatus.UNDERFLOW | FloatStatus.PRECISION);
      return FloatNumber.zero(negative);
    }
    drop += f.bottom() - exponent;
    boolean up = roundsUp(s, s.mode, negative, high, low, drop);
    long significand = (drop < 64 ? high >>> drop : 0) + (up ? 1 : 0);
    if (tiny && lost(high, low, drop)) {
      s.raise(FloatStatus.UNDERFLOW);
    }
    return significand == 0
        ? FloatNumber.zero(negative)
        : FloatNumber.finite(negative, f.bottom() + 64 - f.precision(), significand);
  }

  private static boolean lost(long high, long low, int drop) {
    return low != 0 || drop >= 64 || (high & (1L << drop) - 1) != 0;
  }

  /** Whether the magnitude grows when the {@code drop} lowest bits of high go, and all of low. */
  private static boolean roundsUp(
      FloatStatus s, int mode, boolean negative, long high, long low, int drop) {
    s.roundedUp = false;
    if (!lost(high, low, drop)) {
      return false;
    }
    s.raise(FloatStatus.PRECISION);
    s.roundedUp =
        switch (mode) {
          case FloatStatus.NEAREST -> nearestUp(high, low, drop);
          case FloatStatus.DOWN -> negative;
          case FloatStatus.UP -> !negative;
          default -> false;
        };
    return s.roundedUp;
  }

  private static boolean nearestUp(long high, long low, int drop) {
    if (drop > 64) {
      return false;
    }
    boolean half = drop == 0 ? low < 0 : (high >>> drop - 1 & 1) != 0;
    boolean odd = drop < 64 && (high >>> drop & 1) != 0;
    long below = drop == 0 ? low << 1 : low | high & (drop == 1 ? 0 : (1L << drop - 1) - 1);
    return half && (below != 0 || odd);
  }
}
