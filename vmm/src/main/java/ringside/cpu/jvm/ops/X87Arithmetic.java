package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Arithmetic of x87: the four operations, square root, rounding, sign, scaling. Partial remainders,
 * exponentials, logarithms, trigonometry and packed decimal numbers are not offered: they have no
 * entry, which is #UD.
 */
public final class X87Arithmetic {
  private static final SseMath.Arithmetic SUBTRACT_REVERSED =
      (s, f, a, b) -> SoftFloat.subtract(s, f, b, a);
  private static final SseMath.Arithmetic DIVIDE_REVERSED =
      (s, f, a, b) -> SoftFloat.divide(s, f, b, a);

  private X87Arithmetic() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    family(into, SoftFloat::add, FADD, FADDP, FIADD);
    family(into, SoftFloat::subtract, FSUB, FSUBP, FISUB);
    family(into, SUBTRACT_REVERSED, FSUBR, FSUBRP, FISUBR);
    family(into, SoftFloat::multiply, FMUL, FMULP, FIMUL);
    family(into, SoftFloat::divide, FDIV, FDIVP, FIDIV);
    family(into, DIVIDE_REVERSED, FDIVR, FDIVRP, FIDIVR);
    into.put(FABS, (c, i) -> sign(c, i, 0));
    into.put(FCHS, (c, i) -> sign(c, i, 0x8000));
    into.put(FSQRT, (c, i) -> top(c, i, (s, f, a, b) -> SoftFloat.squareRoot(s, f, a)));
    into.put(FRNDINT, (c, i) -> top(c, i, (s, f, a, b) -> SoftFloat.integer(s, s.mode, a)));
    into.put(FSCALE, X87Arithmetic::scale);
  }

  private static void family(
      Map<Mnemonic, Op> into,
      SseMath.Arithmetic function,
      Mnemonic plain,
      Mnemonic popping,
      Mnemonic integer) {
    into.put(plain, (c, i) -> binary(c, i, function, false));
    into.put(popping, (c, i) -> binary(c, i, function, true));
    into.put(integer, (c, i) -> withInteger(c, i, function));
  }

  private static void binary(Core c, Insn i, SseMath.Arithmetic function, boolean pop) {
    Simd.x87(c);
    boolean memory = i.a.kind() == Arg.Kind.MEMORY;
    int target = memory ? 0 : i.a.number();
    X87Operand b = X87Operand.real(c, i, memory ? i.a : i.b);
    X87Operand a = X87Operand.register(c, target);
    X87.remember(c, i);
    Extended r = X87Math.binary(c, X87Math.precision(c), a, b, function);
    if (r != null) {
      X87.set(c, target, r);
      if (pop) {
        X87.pop(c);
      }
    }
  }

  private static void withInteger(Core c, Insn i, SseMath.Arithmetic function) {
    Simd.x87(c);
    X87Operand b = X87Operand.integer(c, i, i.a);
    X87.remember(c, i);
    Extended r = X87Math.binary(c, X87Math.precision(c), X87Operand.register(c, 0), b, function);
    if (r != null) {
      X87.set(c, 0, r);
    }
  }

  private static void top(Core c, Insn i, SseMath.Arithmetic function) {
    Simd.x87(c);
    X87.remember(c, i);
    Extended r = X87Math.unary(c, X87Math.precision(c), X87Operand.register(c, 0), function);
    if (r != null) {
      X87.set(c, 0, r);
    }
  }

  /** FABS clears the sign, FCHS turns it: of anything, without exceptions but an empty register. */
  private static void sign(Core c, Insn i, int turn) {
    Simd.x87(c);
    X87.remember(c, i);
    if (X87.empty(c, 0)) {
      if (!X87.stackFault(c, false)) {
        X87.set(c, 0, Extended.INDEFINITE);
      }
      return;
    }
    X87.clearC1(c);
    Extended x = X87.get(c, 0);
    int sign = turn == 0 ? 0 : x.signExponent() & 0x8000 ^ turn;
    X87.set(c, 0, new Extended(x.exponent() | sign, x.significand()));
  }

  private static void scale(Core c, Insn i) {
    Simd.x87(c);
    X87.remember(c, i);
    X87Operand a = X87Operand.register(c, 0);
    X87Operand b = X87Operand.register(c, 1);
    Extended r = X87Math.binary(c, FloatFormat.EXTENDED, a, b, X87Arithmetic::scaled);
    if (r != null) {
      X87.set(c, 0, r);
    }
  }

  /** a times two to the power of b, truncated. */
  private static FloatNumber scaled(FloatStatus s, FloatFormat f, FloatNumber a, FloatNumber b) {
    if (b.infinite()) {
      boolean invalid = b.negative() ? a.infinite() : a.zero();
      if (invalid) {
        return s.invalid();
      }
      return b.negative() ? FloatNumber.zero(a.negative()) : FloatNumber.infinite(a.negative());
    }
    if (!a.finite() || b.zero() || b.exponent() < 0) {
      return SoftFloat.round(s, f, a);
    }
    int by = b.exponent() > 16 ? 1 << 17 : (int) (b.significand() >>> 63 - b.exponent());
    int exponent = a.exponent() + (b.negative() ? -by : by);
    return SoftFloat.round(
        s, f, new FloatNumber(a.kind(), a.negative(), exponent, a.significand()));
  }
}
