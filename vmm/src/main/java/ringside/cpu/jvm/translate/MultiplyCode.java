package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** IMUL with two and three operands; MUL, IMUL, DIV, IDIV of 4 and 8 bytes; CBW and CWD. */
final class MultiplyCode {
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final int RAX = 0;
  private static final int RDX = 2;

  private MultiplyCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.IMUL, new Native.Some(MultiplyCode::imul, i -> i.b != null || Forms.wide(i)));
    all.put(Mnemonic.MUL, new Native.Some((g, i) -> whole(g, i, false), Forms::wide));
    all.put(Mnemonic.DIV, new Native.Some((g, i) -> divide(g, i, "divide"), Forms::wide));
    all.put(Mnemonic.IDIV, new Native.Some((g, i) -> divide(g, i, "divideSigned"), Forms::wide));
    all.put(Mnemonic.CBW, MultiplyCode::extendAccumulator);
    all.put(Mnemonic.CWD, MultiplyCode::extendToRdx);
  }

  private static void imul(Gen g, Insn i) {
    if (i.b == null) {
      whole(g, i, true);
      return;
    }
    CodeBuilder b = g.b;
    Arg first = i.c == null ? i.a : i.b;
    Arg second = i.c == null ? i.b : i.c;
    Operand.fetch(g, i, i.b);
    g.pushSigned(i, first);
    b.lstore(Slots.TEMP);
    g.pushSigned(i, second);
    b.lstore(Slots.TEMP2);
    if (g.flagsWanted) {
      b.lload(Slots.TEMP).lstore(Slots.FLAGS_X).lload(Slots.TEMP2).lstore(Slots.FLAGS_Y);
      g.setFlags(LazyFlags.IMUL + Flags.log2(i.a.size()));
    }
    b.lload(Slots.TEMP).lload(Slots.TEMP2).lmul();
    g.popGpr(i.a);
  }

  /** Into EDX:EAX or RDX:RAX. */
  private static void whole(Gen g, Insn i, boolean signed) {
    CodeBuilder b = g.b;
    Operand.fetch(g, i, i.a);
    Arg accumulator = new Arg(Arg.Kind.GPR, RAX, i.a.size());
    push(g, i, accumulator, signed);
    b.lstore(Slots.TEMP);
    push(g, i, i.a, signed);
    b.lstore(Slots.TEMP2).lload(Slots.TEMP).lload(Slots.TEMP2).lmul().lstore(Slots.TARGET);
    if (i.a.size() == 8) {
      b.lload(Slots.TEMP).lload(Slots.TEMP2);
      b.invokestatic(
          MATH, signed ? "multiplyHigh" : "unsignedMultiplyHigh", g.type(Gen.J, Gen.J, Gen.J));
    } else {
      b.lload(Slots.TARGET).bipush(32).lushr();
    }
    b.lstore(Slots.TEMP2);
    b.lload(Slots.TARGET);
    g.popGpr(accumulator);
    b.lload(Slots.TEMP2).lstore(g.registers.gpr(RDX));
    if (g.flagsWanted) {
      b.lload(Slots.TARGET).lstore(Slots.FLAGS_X);
      b.lload(Slots.TARGET).lload(Slots.TEMP2);
      g.constant(i.a.size());
      g.help(signed ? "significantSigned" : "significant", Gen.J, Gen.J, Gen.J, Gen.I);
      b.lstore(Slots.FLAGS_Y);
      g.setFlags(LazyFlags.MUL + Flags.log2(i.a.size()));
    }
  }

  private static void push(Gen g, Insn i, Arg a, boolean signed) {
    if (signed) {
      g.pushSigned(i, a);
    } else {
      g.pushZero(i, a);
    }
  }

  /** An error bails out: the interpreter raises it. */
  private static void divide(Gen g, Insn i, String helper) {
    CodeBuilder b = g.b;
    int size = i.a.size();
    Operand.fetch(g, i, i.a);
    if (helper.equals("divide")) {
      g.pushZero(i, i.a);
    } else {
      g.pushSigned(i, i.a);
    }
    b.lstore(Slots.TEMP2);
    g.mayLeave();
    g.loadGpr(RDX);
    g.loadGpr(RAX);
    b.lload(Slots.TEMP2);
    g.help(helper + 8 * size, Gen.J, Gen.J, Gen.J, Gen.J);
    b.lstore(Slots.TEMP);
    // The remainder is right in its low half, whatever the upper one of the dividend.
    g.loadGpr(RAX);
    b.lload(Slots.TEMP).lload(Slots.TEMP2).lmul().lsub();
    g.popGpr(new Arg(Arg.Kind.GPR, RDX, size));
    b.lload(Slots.TEMP);
    g.popGpr(new Arg(Arg.Kind.GPR, RAX, size));
  }

  /** CBW, CWDE, CDQE. */
  private static void extendAccumulator(Gen g, Insn i) {
    int size = i.operandSize;
    g.pushSigned(i, new Arg(Arg.Kind.GPR, RAX, size / 2));
    g.popGpr(new Arg(Arg.Kind.GPR, RAX, size));
  }

  /** CWD, CDQ, CQO. */
  private static void extendToRdx(Gen g, Insn i) {
    int size = i.operandSize;
    g.pushSigned(i, new Arg(Arg.Kind.GPR, RAX, size));
    g.b.bipush(63).lshr();
    g.popGpr(new Arg(Arg.Kind.GPR, RDX, size));
  }
}
