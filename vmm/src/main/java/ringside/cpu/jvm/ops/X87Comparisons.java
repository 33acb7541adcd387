package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Comparisons of x87, to its condition codes or to the flags, and the examination of ST(0). */
public final class X87Comparisons {
  private static final int C0 = 1 << 8;
  private static final int C2 = 1 << 10;
  private static final int C3 = 1 << 14;
  private static final int UNORDERED = 2;

  private X87Comparisons() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(FCOM, (c, i) -> compare(c, i, real(c, i), true, 0));
    into.put(FCOMP, (c, i) -> compare(c, i, real(c, i), true, 1));
    into.put(FCOMPP, (c, i) -> compare(c, i, real(c, i), true, 2));
    into.put(FUCOM, (c, i) -> compare(c, i, real(c, i), false, 0));
    into.put(FUCOMP, (c, i) -> compare(c, i, real(c, i), false, 1));
    into.put(FUCOMPP, (c, i) -> compare(c, i, real(c, i), false, 2));
    into.put(FICOM, (c, i) -> compare(c, i, integer(c, i), true, 0));
    into.put(FICOMP, (c, i) -> compare(c, i, integer(c, i), true, 1));
    into.put(FTST, (c, i) -> compare(c, i, zero(c), true, 0));
    into.put(FCOMI, (c, i) -> toFlags(c, i, true, 0));
    into.put(FCOMIP, (c, i) -> toFlags(c, i, true, 1));
    into.put(FUCOMI, (c, i) -> toFlags(c, i, false, 0));
    into.put(FUCOMIP, (c, i) -> toFlags(c, i, false, 1));
    into.put(FXAM, X87Comparisons::examine);
  }

  /** The operand that is not ST(0): memory, the last register that is named, or ST(1). */
  private static X87Operand real(Core c, Insn i) {
    Simd.x87(c);
    Arg arg = i.b != null ? i.b : i.a;
    return arg == null ? X87Operand.register(c, 1) : X87Operand.real(c, i, arg);
  }

  private static X87Operand integer(Core c, Insn i) {
    Simd.x87(c);
    return X87Operand.integer(c, i, i.a);
  }

  private static X87Operand zero(Core c) {
    Simd.x87(c);
    return X87Operand.of(Extended.ZERO);
  }

  private static void compare(Core c, Insn i, X87Operand b, boolean strict, int pops) {
    X87.remember(c, i);
    int order = order(c, b, strict);
    int codes =
        switch (order) {
          case UNORDERED -> C3 | C2 | C0;
          case 0 -> C3;
          case -1 -> C0;
          default -> 0;
        };
    c.fpuStatus = c.fpuStatus & ~(C3 | C2 | C0) | codes;
    pop(c, stopped(c) ? 0 : pops);
  }

  private static void toFlags(Core c, Insn i, boolean strict, int pops) {
    X87Operand b = real(c, i);
    X87.remember(c, i);
    int order = order(c, b, strict);
    Flags.set(
        c,
        switch (order) {
          case UNORDERED -> Flags.ZF | Flags.PF | Flags.CF;
          case 0 -> Flags.ZF;
          case -1 -> Flags.CF;
          default -> 0;
        });
    pop(c, stopped(c) ? 0 : pops);
  }

  /** An exception is not masked: the codes are those of the comparison, nothing is popped. */
  private static boolean stopped(Core c) {
    return (c.fpuStatus & ~c.fpuControl & 0x3f) != 0;
  }

  private static void pop(Core c, int count) {
    for (int k = 0; k < count; k++) {
      X87.pop(c);
    }
  }

  private static int order(Core c, X87Operand b, boolean strict) {
    X87Operand a = X87Operand.register(c, 0);
    if (a.empty() || b.empty()) {
      X87.stackFault(c, false);
      return UNORDERED;
    }
    int exceptions = 0;
    int order = UNORDERED;
    if (a.unsupported() || b.unsupported()) {
      exceptions = X87.INVALID;
    } else if (a.number().nan() || b.number().nan()) {
      boolean signalling = a.number().signalling() || b.number().signalling();
      exceptions = strict || signalling ? X87.INVALID : 0;
    } else {
      exceptions = a.denormal() || b.denormal() ? X87.DENORMAL : 0;
      order = Integer.signum(a.number().compare(b.number()));
    }
    X87.clearC1(c);
    X87.raise(c, exceptions);
    return order;
  }

  /** C1 is the sign; C3, C2 and C0 the class. */
  private static void examine(Core c, Insn i) {
    Simd.x87(c);
    X87.remember(c, i);
    Extended x = X87.get(c, 0);
    X87Operand a = X87Operand.of(x);
    int kind;
    if (X87.empty(c, 0)) {
      kind = C3 | C0;
    } else if (a.unsupported()) {
      kind = 0;
    } else if (a.denormal()) {
      kind = C3 | C2;
    } else {
      kind =
          switch (a.number().kind()) {
            case QUIET, SIGNALLING -> C0;
            case FINITE -> C2;
            case INFINITE -> C2 | C0;
            case ZERO -> C3;
          };
    }
    c.fpuStatus &= ~(C3 | C2 | X87.C1 | C0);
    c.fpuStatus |= kind | (x.negative() ? X87.C1 : 0);
  }
}
