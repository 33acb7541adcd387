package ringside.cpu.jvm.ops;

import ringside.cpu.jvm.Core;

/**
 * What x87 adds to {@link SoftFloat}: precision control, how NaNs go on (Intel SDM volume 1, table
 * 4-7), and what becomes of exceptions, which are only recorded: the next waiting instruction
 * raises #MF.
 *
 * <p>A method that gives null has met an exception that is not masked and that leaves the
 * destination as it is.
 */
final class X87Math {
  private static final int OF_OPERANDS =
      FloatStatus.INVALID | FloatStatus.DENORMAL | FloatStatus.DIVIDE;

  /** By how much the exponent of an unmasked overflow or underflow is moved into range. */
  private static final int BIAS_ADJUST = 24576;

  private static final int UNBOUNDED = 1 << 20;

  private X87Math() {}

  static FloatStatus status(Core c) {
    return FloatStatus.ofX87(c.fpuControl);
  }

  /** The format that results of arithmetic are rounded to, by precision control. */
  static FloatFormat precision(Core c) {
    int bits =
        switch (c.fpuControl >> 8 & 3) {
          case 0 -> 24;
          case 2 -> 53;
          default -> 64;
        };
    return new FloatFormat(bits, FloatFormat.EXTENDED.top());
  }

  static Extended binary(
      Core c, FloatFormat f, X87Operand a, X87Operand b, SseMath.Arithmetic function) {
    if (a.empty() || b.empty()) {
      return X87.stackFault(c, false) ? null : Extended.INDEFINITE;
    }
    FloatStatus s = status(c);
    FloatNumber r = special(s, a, b);
    if (r == null) {
      r = function.apply(s, f, a.number(), b.number());
      if ((a.denormal() || b.denormal())
          && (s.flags & (FloatStatus.INVALID | FloatStatus.DIVIDE)) == 0) {
        s.raise(FloatStatus.DENORMAL);
      }
    }
    if ((s.flags & OF_OPERANDS & ~s.masks) != 0) {
      X87.clearC1(c);
      X87.raise(c, s.flags & OF_OPERANDS);
      return null;
    }
    if ((s.flags & ~s.masks & (FloatStatus.OVERFLOW | FloatStatus.UNDERFLOW)) != 0) {
      r = adjusted(s, f, a.number(), b.number(), function);
    }
    settle(c, s);
    return FloatFormat.packExtended(r);
  }

  static Extended unary(Core c, FloatFormat f, X87Operand a, SseMath.Arithmetic function) {
    return binary(c, f, a, a, function);
  }

  /** C1 says whether an inexact result was rounded up. */
  static void settle(Core c, FloatStatus s) {
    X87.clearC1(c);
    if (s.roundedUp && (s.flags & FloatStatus.PRECISION) != 0) {
      c.fpuStatus |= X87.C1;
    }
    X87.raise(c, s.flags);
  }

  private static FloatNumber adjusted(
      FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b, SseMath.Arithmetic function) {
    boolean over = (s.flags & FloatStatus.OVERFLOW) != 0;
    FloatNumber r = function.apply(s, new FloatFormat(f.precision(), UNBOUNDED), a, b);
    int by = over ? -BIAS_ADJUST : BIAS_ADJUST;
    if (Math.abs(r.exponent() + by) > f.top() - 1) { // FSCALE can go farther than that
      s.raise(FloatStatus.PRECISION);
      s.roundedUp = over;
      return over ? FloatNumber.infinite(r.negative()) : FloatNumber.zero(r.negative());
    }
    return new FloatNumber(r.kind(), r.negative(), r.exponent() + by, r.significand());
  }

  /** The result when an operand is no number, else null. */
  static FloatNumber special(FloatStatus s, X87Operand a, X87Operand b) {
    if (a.unsupported() || b.unsupported()) {
      return s.invalid();
    }
    FloatNumber x = a.number();
    FloatNumber y = b.number();
    if (x.signalling() || y.signalling()) {
      s.raise(FloatStatus.INVALID);
    }
    if (!x.nan() || !y.nan()) {
      return x.nan() ? x.quiet() : y.nan() ? y.quiet() : null;
    }
    if (x.signalling() != y.signalling()) {
      return (x.signalling() ? y : x).quiet();
    }
    int order = Long.compareUnsigned(x.significand(), y.significand());
    return (order > 0 || order == 0 && !x.negative() ? x : y).quiet();
  }
}
