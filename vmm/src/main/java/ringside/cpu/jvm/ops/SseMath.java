package ringside.cpu.jvm.ops;

import java.util.function.DoubleBinaryOperator;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.CpuFault;
import ringside.cpu.jvm.Op;

/**
 * What SSE adds to {@link SoftFloat}: how NaNs go on, which operands count as denormal, and what
 * becomes of the exceptions (Intel SDM volume 1, 11.5; table 4-7).
 *
 * <p>Invariant: an instruction with an exception that is not masked sets flags of MXCSR and nothing
 * else; such of its operands (invalid, denormal, division by zero) hide those of its results.
 */
final class SseMath {
  /** One element: destination and source as their bits are. */
  @FunctionalInterface
  interface Function {
    long apply(FloatStatus s, FloatFormat f, long x, long y, int imm);
  }

  /** Two numbers, neither of them a NaN. */
  @FunctionalInterface
  interface Arithmetic {
    FloatNumber apply(FloatStatus s, FloatFormat f, FloatNumber x, FloatNumber y);
  }

  private static final int OF_OPERANDS =
      FloatStatus.INVALID | FloatStatus.DENORMAL | FloatStatus.DIVIDE;
  private static final long OSXMMEXCPT = 1 << 10;

  private SseMath() {}

  /** All elements of the destination and of an aligned source. */
  static Op packed(FloatFormat f, Function function) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm y = Simd.read(c, i, i.b);
      Xmm x = Simd.xmm(c, i.a.number());
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      int size = f.bytes();
      Xmm r = Xmm.ZERO;
      for (int k = 0; k < 16 / size; k++) {
        long element =
            function.apply(s, f, x.element(k, size), y.element(k, size), (int) i.imm & 0xff);
        r = r.with(k, size, element);
      }
      finish(c, s);
      Simd.xmm(c, i.a.number(), r);
    };
  }

  /** The lowest element; the others of the destination stay. */
  static Op scalar(FloatFormat f, Function function) {
    return (c, i) -> {
      Simd.sse(c);
      int size = f.bytes();
      long y = Simd.scalar(c, i, i.b, size);
      Xmm x = Simd.xmm(c, i.a.number());
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      long r = function.apply(s, f, x.element(0, size), y, (int) i.imm & 0xff);
      finish(c, s);
      Simd.xmm(c, i.a.number(), x.with(0, size, r));
    };
  }

  /**
   * Records the exceptions.
   *
   * @throws CpuFault #XM, or #UD without CR4.OSXMMEXCPT, for one that is not masked
   */
  static void finish(Core c, FloatStatus s) {
    if ((s.flags & OF_OPERANDS & ~s.masks) != 0) {
      c.mxcsr |= s.flags & OF_OPERANDS;
      throw unmasked(c);
    }
    c.mxcsr |= s.flags;
    if ((s.flags & ~s.masks) != 0) {
      throw unmasked(c);
    }
  }

  private static CpuFault unmasked(Core c) {
    return (c.cr4 & OSXMMEXCPT) != 0 ? c.fault(GuestException.XM) : c.undefined();
  }

  /** The number that an operand is, with denormals as zeros where MXCSR wants it. */
  static FloatNumber operand(FloatStatus s, FloatFormat f, long bits) {
    FloatNumber n = f.unpack(bits);
    return s.denormalsAreZeros && f.denormal(n) ? FloatNumber.zero(n.negative()) : n;
  }

  static void denormals(FloatStatus s, FloatFormat f, FloatNumber x, FloatNumber y) {
    if (f.denormal(x) || f.denormal(y)) {
      s.raise(FloatStatus.DENORMAL);
    }
  }

  /** The NaN that comes out, the first operand's before the second's; null without one. */
  static FloatNumber nan(FloatStatus s, FloatNumber x, FloatNumber y) {
    if (x.signalling() || y.signalling()) {
      s.raise(FloatStatus.INVALID);
    }
    return x.nan() ? x.quiet() : y.nan() ? y.quiet() : null;
  }

  /**
   * @param java the same, to nearest, for numbers of double precision
   */
  static Function binary(Arithmetic arithmetic, DoubleBinaryOperator java) {
    return (s, f, x, y, imm) -> {
      if (s.inexactKnown && s.mode == FloatStatus.NEAREST && ordinary(f, x) && ordinary(f, y)) {
        long r = simply(f, x, y, java);
        if (ordinary(f, r)) {
          return r;
        }
      }
      FloatNumber a = operand(s, f, x);
      FloatNumber b = operand(s, f, y);
      FloatNumber nan = nan(s, a, b);
      return f.pack(nan != null ? nan : guarded(s, f, a, b, arithmetic));
    };
  }

  /** A normal number, and not the least of its kind, which may have been rounded up to. */
  private static boolean ordinary(FloatFormat f, long bits) {
    int exponent = (int) (bits >>> f.precision() - 1) & 2 * f.top() + 1;
    return exponent > 1 && exponent <= 2 * f.top();
  }

  /** Singles by way of doubles: rounding twice does no harm where one format is twice as wide. */
  private static long simply(FloatFormat f, long x, long y, DoubleBinaryOperator java) {
    if (f == FloatFormat.DOUBLE) {
      return Double.doubleToRawLongBits(
          java.applyAsDouble(Double.longBitsToDouble(x), Double.longBitsToDouble(y)));
    }
    double r = java.applyAsDouble(Float.intBitsToFloat((int) x), Float.intBitsToFloat((int) y));
    return Float.floatToRawIntBits((float) r) & 0xffff_ffffL;
  }

  private static FloatNumber guarded(
      FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b, Arithmetic arithmetic) {
    int before = s.flags;
    s.flags = 0;
    FloatNumber r = arithmetic.apply(s, f, a, b);
    if ((s.flags & (FloatStatus.INVALID | FloatStatus.DIVIDE)) == 0) {
      denormals(s, f, a, b);
    }
    s.flags |= before;
    return r;
  }
}
