package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.ops.FloatFormat.DOUBLE;
import static ringside.cpu.jvm.ops.FloatFormat.SINGLE;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/**
 * An operand of x87 arithmetic.
 *
 * @param empty the register was empty; then the rest means nothing
 * @param unsupported an encoding that is no number: a significand without its integer bit
 * @param denormal denormal in the format that it came in
 */
record X87Operand(FloatNumber number, boolean empty, boolean unsupported, boolean denormal) {
  static X87Operand of(FloatNumber number, boolean denormal) {
    return new X87Operand(number, false, false, denormal);
  }

  static X87Operand of(Extended x) {
    boolean unsupported = x.exponent() != 0 && x.significand() >= 0;
    boolean denormal = x.exponent() == 0 && x.significand() != 0;
    return new X87Operand(FloatFormat.unpack(x), false, unsupported, denormal);
  }

  static X87Operand register(Core c, int index) {
    return X87.empty(c, index)
        ? new X87Operand(FloatNumber.INDEFINITE, true, false, false)
        : of(X87.get(c, index));
  }

  /** ST(i), or a real number of 4, 8 or 10 bytes in memory. */
  static X87Operand real(Core c, Insn i, Arg arg) {
    if (!arg.memory()) {
      return register(c, arg.number());
    }
    if (arg.size() == 10) {
      long at = Simd.address(c, i, 10, false, false);
      long significand = c.mmu.load(at, 8);
      return of(new Extended((int) c.mmu.load(at + 8, 2), significand));
    }
    FloatFormat f = arg.size() == 4 ? SINGLE : DOUBLE;
    FloatNumber n = f.unpack(Simd.scalar(c, i, arg, arg.size()));
    return of(n, f.denormal(n));
  }

  /** An integer of 2, 4 or 8 bytes in memory. */
  static X87Operand integer(Core c, Insn i, Arg arg) {
    long raw = Simd.scalar(c, i, arg, arg.size());
    long value = Operands.signExtend(raw, arg.size());
    return of(
        value == 0 ? FloatNumber.zero(false) : FloatNumber.finite(value < 0, 63, Math.abs(value)),
        false);
  }
}
