package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Mnemonic;

/** Sums, products, quotients, roots, extremes and roundings of SSE numbers. */
public final class SseArithmetic {
  static final SseMath.Function ADD = SseMath.binary(SoftFloat::add, Double::sum);
  static final SseMath.Function SUBTRACT = SseMath.binary(SoftFloat::subtract, (x, y) -> x - y);
  static final SseMath.Function MULTIPLY = SseMath.binary(SoftFloat::multiply, (x, y) -> x * y);
  private static final SseMath.Function DIVIDE = SseMath.binary(SoftFloat::divide, (x, y) -> x / y);

  private static final int QUIET_PRECISION = 8;
  private static final int MODE_OF_MXCSR = 4;

  private SseArithmetic() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    all(into, ADD, ADDPS, ADDPD, ADDSS, ADDSD);
    all(into, SUBTRACT, SUBPS, SUBPD, SUBSS, SUBSD);
    all(into, MULTIPLY, MULPS, MULPD, MULSS, MULSD);
    all(into, DIVIDE, DIVPS, DIVPD, DIVSS, DIVSD);
    all(into, SseArithmetic::squareRoot, SQRTPS, SQRTPD, SQRTSS, SQRTSD);
    all(into, (s, f, x, y, n) -> extreme(s, f, x, y, -1), MINPS, MINPD, MINSS, MINSD);
    all(into, (s, f, x, y, n) -> extreme(s, f, x, y, 1), MAXPS, MAXPD, MAXSS, MAXSD);
    all(into, SseArithmetic::toIntegral, ROUNDPS, ROUNDPD, ROUNDSS, ROUNDSD);
    into.put(RCPPS, SseMath.packed(FloatFormat.SINGLE, SseArithmetic::reciprocal));
    into.put(RCPSS, SseMath.scalar(FloatFormat.SINGLE, SseArithmetic::reciprocal));
    into.put(RSQRTPS, SseMath.packed(FloatFormat.SINGLE, SseArithmetic::reciprocalRoot));
    into.put(RSQRTSS, SseMath.scalar(FloatFormat.SINGLE, SseArithmetic::reciprocalRoot));
  }

  private static void all(
      Map<Mnemonic, Op> into,
      SseMath.Function function,
      Mnemonic ps,
      Mnemonic pd,
      Mnemonic ss,
      Mnemonic sd) {
    into.put(ps, SseMath.packed(FloatFormat.SINGLE, function));
    into.put(pd, SseMath.packed(FloatFormat.DOUBLE, function));
    into.put(ss, SseMath.scalar(FloatFormat.SINGLE, function));
    into.put(sd, SseMath.scalar(FloatFormat.DOUBLE, function));
  }

  private static long squareRoot(FloatStatus s, FloatFormat f, long x, long y, int imm) {
    FloatNumber b = SseMath.operand(s, f, y);
    if (b.nan()) {
      return f.pack(SseMath.nan(s, b, b));
    }
    if (!b.negative()) {
      SseMath.denormals(s, f, b, b);
    }
    return f.pack(SoftFloat.squareRoot(s, f, b));
  }

  /** The second operand, unless the first is strictly less (-1) or greater (1). */
  private static long extreme(FloatStatus s, FloatFormat f, long x, long y, int wanted) {
    FloatNumber a = SseMath.operand(s, f, x);
    FloatNumber b = SseMath.operand(s, f, y);
    if (a.nan() || b.nan()) {
      s.raise(FloatStatus.INVALID);
      return f.pack(b);
    }
    SseMath.denormals(s, f, a, b);
    return f.pack(Integer.signum(a.compare(b)) == wanted ? a : b);
  }

  private static long toIntegral(FloatStatus s, FloatFormat f, long x, long y, int imm) {
    FloatNumber b = SseMath.operand(s, f, y);
    if (b.nan()) {
      return f.pack(SseMath.nan(s, b, b));
    }
    int before = s.flags;
    FloatNumber r = SoftFloat.integer(s, (imm & MODE_OF_MXCSR) != 0 ? s.mode : imm & 3, b);
    if ((imm & QUIET_PRECISION) != 0) {
      s.flags = before;
    }
    return f.pack(r);
  }

  /**
   * RCPPS promises a relative error below 1.5 x 2^-12; this is the nearest number. Raises nothing;
   * denormal operands and results are zeros.
   */
  private static long reciprocal(FloatStatus s, FloatFormat f, long x, long y, int imm) {
    FloatStatus quiet = new FloatStatus(FloatStatus.NEAREST, 0x3f, true, true);
    FloatNumber b = SseMath.operand(quiet, f, y);
    if (b.nan()) {
      return f.pack(b.quiet());
    }
    return f.pack(SoftFloat.divide(quiet, f, f.unpack(0x3f80_0000L), b));
  }

  private static long reciprocalRoot(FloatStatus s, FloatFormat f, long x, long y, int imm) {
    FloatStatus quiet = new FloatStatus(FloatStatus.NEAREST, 0x3f, true, true);
    FloatNumber b = SseMath.operand(quiet, f, y);
    if (b.nan()) {
      return f.pack(b.quiet());
    }
    FloatNumber root = SoftFloat.squareRoot(quiet, f, b);
    return f.pack(root.nan() ? root : SoftFloat.divide(quiet, f, f.unpack(0x3f80_0000L), root));
  }
}
