package ringside.cpu.jvm.ops;

import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Loads, stores and exchanges of x87, with the conversions that they do, and its constants. */
public final class X87Moves {
  private X87Moves() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(FLD, X87Moves::load);
    into.put(FILD, X87Moves::loadInteger);
    into.put(FST, (c, i) -> store(c, i, false));
    into.put(FSTP, (c, i) -> store(c, i, true));
    into.put(FIST, (c, i) -> storeInteger(c, i, false, false));
    into.put(FISTP, (c, i) -> storeInteger(c, i, true, false));
    into.put(FISTTP, (c, i) -> storeInteger(c, i, true, true));
    into.put(FXCH, X87Moves::exchange);
    into.put(FCMOVCC, X87Moves::conditional);
    into.put(FLD1, (c, i) -> constant(c, i, 0x3fff, 1L << 63, 0));
    into.put(FLDZ, (c, i) -> constant(c, i, 0, 0, 0));
    into.put(FLDPI, (c, i) -> constant(c, i, 0x4000, 0xc90f_daa2_2168_c234L, 0xc4));
    into.put(FLDL2T, (c, i) -> constant(c, i, 0x4000, 0xd49a_784b_cd1b_8afeL, 0x49));
    into.put(FLDL2E, (c, i) -> constant(c, i, 0x3fff, 0xb8aa_3b29_5c17_f0bbL, 0xbe));
    into.put(FLDLG2, (c, i) -> constant(c, i, 0x3ffd, 0x9a20_9a84_fbcf_f798L, 0x8f));
    into.put(FLDLN2, (c, i) -> constant(c, i, 0x3ffe, 0xb172_17f7_d1cf_79abL, 0xc9));
  }

  private static void push(Core c, Insn i, Extended value) {
    X87.remember(c, i);
    if (!X87.empty(c, 7)) {
      if (!X87.stackFault(c, true)) {
        X87.push(c, Extended.INDEFINITE);
      }
      return;
    }
    X87.clearC1(c);
    X87.push(c, value);
  }

  private static void constant(Core c, Insn i, int exponent, long significand, int rest) {
    Simd.x87(c);
    int mode = c.fpuControl >> 10 & 3;
    boolean up = mode == FloatStatus.UP && rest != 0 || mode == FloatStatus.NEAREST && rest >= 0x80;
    push(c, i, new Extended(exponent, significand + (up ? 1 : 0)));
  }

  private static void loadInteger(Core c, Insn i) {
    Simd.x87(c);
    push(c, i, FloatFormat.packExtended(X87Operand.integer(c, i, i.a).number()));
  }

  private static void load(Core c, Insn i) {
    Simd.x87(c);
    if (i.a.kind() == Arg.Kind.ST) {
      loadRegister(c, i);
      return;
    }
    if (i.a.size() == 10) {
      long at = Simd.address(c, i, 10, false, false);
      long significand = c.mmu.load(at, 8);
      push(c, i, new Extended((int) c.mmu.load(at + 8, 2), significand));
      return;
    }
    X87Operand x = X87Operand.real(c, i, i.a);
    if (!X87.empty(c, 7)) {
      push(c, i, Extended.INDEFINITE);
      return;
    }
    X87.remember(c, i);
    Extended value = X87Math.unary(c, FloatFormat.EXTENDED, x, (s, f, a, b) -> a);
    if (value != null) {
      X87.push(c, value);
    }
  }

  private static void loadRegister(Core c, Insn i) {
    X87.remember(c, i);
    if (!X87.empty(c, i.a.number())) {
      push(c, i, X87.get(c, i.a.number()));
    } else if (!X87.stackFault(c, false)) {
      X87.push(c, Extended.INDEFINITE);
    }
  }

  private static void store(Core c, Insn i, boolean pop) {
    Simd.x87(c);
    boolean done =
        i.a.kind() == Arg.Kind.ST
            ? storeRegister(c, i)
            : i.a.size() == 10 ? storeExtended(c, i) : storeReal(c, i);
    X87.remember(c, i);
    if (done && pop) {
      X87.pop(c);
    }
  }

  private static boolean storeRegister(Core c, Insn i) {
    if (X87.empty(c, 0)) {
      if (X87.stackFault(c, false)) {
        return false;
      }
      X87.set(c, i.a.number(), Extended.INDEFINITE);
      return true;
    }
    X87.clearC1(c);
    X87.set(c, i.a.number(), X87.get(c, 0));
    return true;
  }

  private static boolean storeExtended(Core c, Insn i) {
    long at = Simd.address(c, i, 10, true, false);
    c.mmu.checkStore(at, 10);
    Extended value = X87.get(c, 0);
    if (X87.empty(c, 0)) {
      if (X87.stackFault(c, false)) {
        return false;
      }
      value = Extended.INDEFINITE;
    } else {
      X87.clearC1(c);
    }
    c.mmu.store(at, 8, value.significand());
    c.mmu.store(at + 8, 2, value.signExponent());
    return true;
  }

  private static boolean storeReal(Core c, Insn i) {
    int size = i.a.size();
    FloatFormat f = size == 4 ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
    long at = Simd.address(c, i, size, true, false);
    c.mmu.checkStore(at, size);
    if (X87.empty(c, 0)) {
      if (X87.stackFault(c, false)) {
        return false;
      }
      c.mmu.store(at, size, f.pack(FloatNumber.INDEFINITE));
      return true;
    }
    FloatStatus s = X87Math.status(c);
    X87Operand x = X87Operand.register(c, 0);
    FloatNumber r = X87Math.special(s, x, x);
    if (r == null) {
      r = SoftFloat.round(s, f, x.number());
    }
    int stopping = s.flags & ~s.masks & ~FloatStatus.PRECISION;
    if (stopping != 0) {
      X87.clearC1(c);
      X87.raise(c, stopping);
      return false;
    }
    X87Math.settle(c, s);
    c.mmu.store(at, size, f.pack(r));
    return true;
  }

  private static void storeInteger(Core c, Insn i, boolean pop, boolean truncate) {
    Simd.x87(c);
    int size = i.a.size();
    long at = Simd.address(c, i, size, true, false);
    c.mmu.checkStore(at, size);
    X87.remember(c, i);
    FloatStatus s = X87Math.status(c);
    X87Operand x = X87Operand.register(c, 0);
    long value = -1L << 8 * size - 1;
    if (x.empty()) {
      if (X87.stackFault(c, false)) {
        return;
      }
    } else {
      if (x.unsupported()) {
        s.invalid();
      } else {
        value = SoftFloat.toInteger(s, truncate ? FloatStatus.ZERO : s.mode, x.number(), size);
      }
      X87Math.settle(c, s);
      if ((s.flags & ~s.masks & FloatStatus.INVALID) != 0) {
        return;
      }
    }
    c.mmu.store(at, size, value & Operands.mask(size));
    if (pop) {
      X87.pop(c);
    }
  }

  private static void exchange(Core c, Insn i) {
    Simd.x87(c);
    X87.remember(c, i);
    int other = i.a.number();
    boolean underflow = X87.empty(c, 0) || X87.empty(c, other);
    if (underflow && X87.stackFault(c, false)) {
      return;
    }
    if (!underflow) {
      X87.clearC1(c);
    }
    Extended x = X87.empty(c, 0) ? Extended.INDEFINITE : X87.get(c, 0);
    Extended y = X87.empty(c, other) ? Extended.INDEFINITE : X87.get(c, other);
    X87.set(c, 0, y);
    X87.set(c, other, x);
  }

  /** By CF, ZF and PF of the flags. */
  private static void conditional(Core c, Insn i) {
    Simd.x87(c);
    X87.remember(c, i);
    int other = i.b.number();
    if (X87.empty(c, 0) || X87.empty(c, other)) {
      if (!X87.stackFault(c, false)) {
        X87.set(c, 0, Extended.INDEFINITE);
      }
      return;
    }
    if (Flags.holds(c, i.condition)) {
      X87.set(c, 0, X87.get(c, other));
    }
  }
}
