package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Map;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Moves of XMM registers, each of which is two longs. */
final class VectorCode {
  private VectorCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.MOVAPS, (g, i) -> whole(g, i, true));
    all.put(Mnemonic.MOVDQA, (g, i) -> whole(g, i, true));
    all.put(Mnemonic.MOVUPS, (g, i) -> whole(g, i, false));
    all.put(Mnemonic.MOVDQU, (g, i) -> whole(g, i, false));
    all.put(Mnemonic.MOVQ, (g, i) -> low(g, i, 8));
    all.put(Mnemonic.MOVD, (g, i) -> low(g, i, narrow(i.a) ? i.a.size() : i.b.size()));
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
      b.lload(Slots.ADDRESS).l2i().bipush(15).iand().ifne(wrong);
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
