package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** SHL, SHR, SAR of all sizes, ROL and ROR of 4 and 8 bytes. */
final class ShiftCode {
  private ShiftCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.SHL, some((g, i) -> shift(g, i, LazyFlags.SHL), false));
    all.put(Mnemonic.SHR, some((g, i) -> shift(g, i, LazyFlags.SHR), false));
    all.put(Mnemonic.SAR, some((g, i) -> shift(g, i, LazyFlags.SAR), false));
    all.put(Mnemonic.ROL, some((g, i) -> rotate(g, i, true), true));
    all.put(Mnemonic.ROR, some((g, i) -> rotate(g, i, false), true));
  }

  private static Native some(Native code, boolean wide) {
    return new Native.Some(
        code, i -> (!wide || Forms.wide(i)) && (!constant(i.b) || count(i) != 0));
  }

  static boolean constant(Arg a) {
    return a.kind() != Arg.Kind.GPR;
  }

  /** The masked count of a form with a constant. */
  static int count(Insn i) {
    int count = i.b.kind() == Arg.Kind.ONE ? 1 : (int) i.imm;
    return count & (i.a.size() == 8 ? 63 : 31);
  }

  private static void pushCount(Gen g, Insn i) {
    if (constant(i.b)) {
      g.constant(count(i));
    } else {
      g.b.iload(Slots.CARRY);
    }
  }

  /** The masked count in CL, into a local. */
  private static void readCount(Gen g, Insn i) {
    if (!constant(i.b)) {
      g.pushInt(i, i.b);
      g.constant(i.a.size() == 8 ? 63 : 31).b.iand().istore(Slots.CARRY);
    }
  }

  private static void shift(Gen g, Insn i, int kind) {
    CodeBuilder b = g.b;
    Operand.fetch(g, i, i.a);
    readCount(g, i);
    switch (kind) {
      case LazyFlags.SHL -> g.pushRaw(i, i.a);
      case LazyFlags.SHR -> g.pushZero(i, i.a);
      default -> g.pushSigned(i, i.a);
    }
    b.lstore(Slots.TEMP2).lload(Slots.TEMP2);
    pushCount(g, i);
    switch (kind) {
      case LazyFlags.SHL -> b.lshl();
      case LazyFlags.SHR -> b.lushr();
      default -> b.lshr();
    }
    write(g, i);
    if (g.flagsWanted) {
      flags(g, i, kind);
    }
  }

  private static void write(Gen g, Insn i) {
    if (Forms.memory(i.a)) {
      g.b.lstore(Slots.TEMP);
      Operand.storeFrom(g, i.a, Slots.TEMP);
    } else {
      g.popGpr(i.a);
    }
  }

  private static void flags(Gen g, Insn i, int kind) {
    CodeBuilder b = g.b;
    int op = kind + Flags.log2(i.a.size());
    Label unchanged = b.newLabel();
    if (!constant(i.b)) {
      b.iload(Slots.CARRY).ifeq(unchanged);
    }
    b.lload(Slots.TEMP2).lstore(Slots.FLAGS_X);
    pushCount(g, i);
    b.i2l().lstore(Slots.FLAGS_Y);
    g.setFlags(op);
    b.labelBinding(unchanged);
    if (!constant(i.b)) {
      g.flags = Gen.UNKNOWN;
    }
  }

  private static void rotate(Gen g, Insn i, boolean left) {
    CodeBuilder b = g.b;
    boolean longs = i.a.size() == 8;
    Operand.fetch(g, i, i.a);
    readCount(g, i);
    if (longs) {
      g.pushRaw(i, i.a);
    } else {
      g.pushInt(i, i.a);
    }
    pushCount(g, i);
    String name = left ? "rotateLeft" : "rotateRight";
    if (longs) {
      b.invokestatic(java.lang.constant.ConstantDescs.CD_Long, name, g.type(Gen.J, Gen.J, Gen.I));
    } else {
      b.invokestatic(
          java.lang.constant.ConstantDescs.CD_Integer, name, g.type(Gen.I, Gen.I, Gen.I));
      b.i2l();
    }
    b.lstore(Slots.TEMP2).lload(Slots.TEMP2);
    write(g, i);
    if (g.flagsWanted) {
      rotated(g, i, left);
    }
  }

  private static void rotated(Gen g, Insn i, boolean left) {
    CodeBuilder b = g.b;
    Label unchanged = b.newLabel();
    if (!constant(i.b)) {
      b.iload(Slots.CARRY).ifeq(unchanged);
    }
    g.pushBits();
    b.lload(Slots.TEMP2);
    g.constant(i.a.size());
    g.help(left ? "rolFlags" : "rorFlags", Gen.I, Gen.I, Gen.J, Gen.I);
    g.setFlagBits();
    b.labelBinding(unchanged);
    if (!constant(i.b)) {
      g.flags = Gen.UNKNOWN;
    }
  }
}
