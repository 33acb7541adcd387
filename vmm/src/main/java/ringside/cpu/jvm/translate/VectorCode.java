package ringside.cpu.jvm.translate;

import static ringside.cpu.x86.Mnemonic.*;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Moves and logic of XMM registers, each of which is two longs. */
final class VectorCode {
  private VectorCode() {}

  static void register(Map<Mnemonic, Native> all) {
    for (Mnemonic m : List.of(MOVAPS, MOVAPD, MOVDQA, MOVNTDQ, MOVNTPS, MOVNTPD)) {
      all.put(m, (g, i) -> whole(g, i, true));
    }
    for (Mnemonic m : List.of(MOVUPS, MOVUPD, MOVDQU)) {
      all.put(m, (g, i) -> whole(g, i, false));
    }
    all.put(MOVQ, (g, i) -> low(g, i, 8));
    all.put(MOVD, (g, i) -> low(g, i, narrow(i.a) ? i.a.size() : i.b.size()));
    Native.Covers memory = i -> i.a.memory() || i.b.memory();
    all.put(MOVSS, new Native.Some((g, i) -> low(g, i, 4), memory));
    all.put(MOVSD, new Native.Some((g, i) -> low(g, i, 8), memory));
    for (Mnemonic m : List.of(MOVLPS, MOVLPD)) {
      all.put(m, (g, i) -> half(g, i, 0));
    }
    for (Mnemonic m : List.of(MOVHPS, MOVHPD)) {
      all.put(m, (g, i) -> half(g, i, 2));
    }
    all.put(MOVHLPS, (g, i) -> copy(g, i.b, 2, i.a, 0));
    all.put(MOVLHPS, (g, i) -> copy(g, i.b, 0, i.a, 2));
    Native.Covers wholly = i -> i.a.kind() == Arg.Kind.XMM;
    pairs(all, wholly, CodeBuilder::lxor, PXOR, XORPS, XORPD);
    pairs(all, wholly, CodeBuilder::land, PAND, ANDPS, ANDPD);
    pairs(all, wholly, CodeBuilder::lor, POR, ORPS, ORPD);
    pairs(all, wholly, CodeBuilder::ladd, PADDQ);
    pairs(all, wholly, CodeBuilder::lsub, PSUBQ);
    all.put(PUNPCKLQDQ, new Native.Some(VectorCode::unpackLow, wholly));
    all.put(UNPCKLPD, new Native.Some(VectorCode::unpackLow, wholly));
  }

  /** An operation on both halves alone. */
  private static void pairs(
      Map<Mnemonic, Native> all,
      Native.Covers covers,
      Consumer<CodeBuilder> op,
      Mnemonic... mnemonics) {
    for (Mnemonic m : mnemonics) {
      all.put(m, new Native.Some((g, i) -> pair(g, i, op), covers));
    }
  }

  private static void pair(Gen g, Insn i, Consumer<CodeBuilder> op) {
    CodeBuilder b = g.b;
    int from = source(g, i);
    int to = g.registers.xmm(i.a.number());
    for (int half = 0; half <= 2; half += 2) {
      b.lload(to + half).lload(from + half);
      op.accept(b);
      b.lstore(to + half);
    }
  }

  /** Locals of the second operand; memory is loaded into temporary ones. */
  private static int source(Gen g, Insn i) {
    if (!i.b.memory()) {
      return g.registers.xmm(i.b.number());
    }
    address(g, i, true);
    MemoryAccess.load16(g, Slots.TEMP, Slots.TEMP2);
    return Slots.TEMP;
  }

  private static void unpackLow(Gen g, Insn i) {
    int from = source(g, i);
    g.b.lload(from).lstore(g.registers.xmm(i.a.number()) + 2);
  }

  private static void copy(Gen g, Arg from, int fromHalf, Arg to, int toHalf) {
    g.b.lload(g.registers.xmm(from.number()) + fromHalf);
    g.b.lstore(g.registers.xmm(to.number()) + toHalf);
  }

  /** Eight bytes between memory and one half; the other stays. */
  private static void half(Gen g, Insn i, int half) {
    if (i.a.memory()) {
      g.b.lload(g.registers.xmm(i.b.number()) + half);
      Operand.write(g, i, i.a);
    } else {
      Operand.fetch(g, i, i.b);
      g.b.lload(Slots.VALUE).lstore(g.registers.xmm(i.a.number()) + half);
    }
  }

  private static boolean narrow(Arg a) {
    return a.memory() || a.kind() == Arg.Kind.GPR;
  }

  private static void whole(Gen g, Insn i, boolean aligned) {
    CodeBuilder b = g.b;
    if (i.a.memory()) {
      address(g, i, aligned);
      int from = g.registers.xmm(i.b.number());
      MemoryAccess.store16(g, from, from + 2);
      return;
    }
    int to = g.registers.xmm(i.a.number());
    if (i.b.memory()) {
      address(g, i, aligned);
      MemoryAccess.load16(g, to, to + 2);
      return;
    }
    int from = g.registers.xmm(i.b.number());
    b.lload(from).lstore(to).lload(from + 2).lstore(to + 2);
  }

  /** What has to be aligned and is not, is the interpreter's. */
  static void address(Gen g, Insn i, boolean aligned) {
    CodeBuilder b = g.b;
    MemoryAccess.address(g, i);
    if (aligned) {
      Label wrong = b.newLabel();
      MemoryAccess.pushAddress(g);
      b.l2i().bipush(15).iand().ifne(wrong);
      int at = g.here();
      g.later(
          () -> {
            b.labelBinding(wrong);
            g.bailOut(at);
          });
    }
  }

  /** MOVD, MOVQ: what is above the value becomes zero. */
  private static void low(Gen g, Insn i, int size) {
    CodeBuilder b = g.b;
    if (i.b.kind() == Arg.Kind.XMM) {
      b.lload(g.registers.xmm(i.b.number()));
    } else {
      Operand.fetch(g, i, i.b);
      g.pushZero(i, i.b);
    }
    if (i.a.kind() == Arg.Kind.XMM) {
      int to = g.registers.xmm(i.a.number());
      g.zeroExtend(size);
      b.lstore(to).lconst_0().lstore(to + 2);
    } else {
      Operand.write(g, i, i.a);
    }
  }
}
