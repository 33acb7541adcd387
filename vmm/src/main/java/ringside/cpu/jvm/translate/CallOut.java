package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import ringside.cpu.x86.Insn;

/**
 * An instruction without bytecode of its own inside a region: the interpreter's semantics, called
 * with all registers in the core.
 */
final class CallOut {
  private static final ClassDesc INSN = Insn.class.describeConstable().orElseThrow();

  private CallOut() {}

  static void emit(Gen g, Insn i) {
    CodeBuilder b = g.b;
    int after = g.rest - i.length;
    g.constant(g.here()).b.istore(Slots.AT);
    spill(g);
    b.aload(Slots.CORE).aload(Slots.THIS).getfield(Gen.CODE, "insns", INSN.arrayType());
    g.constant(g.insns.size()).b.aaload();
    g.insns.add(i);
    g.constant(g.rip);
    ticks(g, g.rest);
    g.help("callOut", Gen.Z, Gen.CORE, INSN, Gen.J, Gen.J);
    b.istore(Slots.CARRY);
    reload(g);
    g.flags = Gen.UNKNOWN;
    Label stop = b.newLabel();
    b.iload(Slots.CARRY).ifne(stop);
    int next = g.place(g.rip + i.length & Gen.mask(g.long64() ? 8 : 4), after, Place.REQUEST);
    g.later(
        () -> {
          b.labelBinding(stop);
          g.bailOut(next);
        });
  }

  /** Pushes the core's ticks when so many of the block are still to come. */
  private static void ticks(Gen g, int rest) {
    g.b.lload(Slots.END).iload(Slots.LEFT).i2l().lsub();
    g.constant((long) rest).b.lsub();
  }

  /** All registers of the region and the flags to the core. */
  static void spill(Gen g) {
    CodeBuilder b = g.b;
    for (int n : g.registers.gprs()) {
      b.aload(Slots.CORE).getfield(Gen.CORE, "gpr", Gen.LONGS);
      g.constant(n).b.lload(g.registers.gpr(n)).lastore();
    }
    for (int n : g.registers.xmms()) {
      half(g, 2 * n, g.registers.xmm(n));
      half(g, 2 * n + 1, g.registers.xmm(n) + 2);
    }
    b.aload(Slots.CORE);
    g.pushFlags();
    b.invokestatic(Gen.LAZY, "spill", g.type(Gen.V, Gen.CORE, Gen.I, Gen.J, Gen.J));
  }

  private static void half(Gen g, int index, int slot) {
    g.b.aload(Slots.CORE).getfield(Gen.CORE, "xmm", Gen.LONGS);
    g.constant(index).b.lload(slot).lastore();
  }

  /** All registers of the region and the flags from the core. */
  static void reload(Gen g) {
    CodeBuilder b = g.b;
    for (int n : g.registers.gprs()) {
      element(g, "gpr", n, g.registers.gpr(n));
    }
    for (int n : g.registers.xmms()) {
      element(g, "xmm", 2 * n, g.registers.xmm(n));
      element(g, "xmm", 2 * n + 1, g.registers.xmm(n) + 2);
    }
    b.aload(Slots.CORE).getfield(Gen.CORE, "ccOp", Gen.I).istore(Slots.FLAGS_OP);
    g.loadField("ccResult");
    b.lstore(Slots.FLAGS_X);
    g.loadField("ccSource");
    b.lstore(Slots.FLAGS_Y);
  }

  private static void element(Gen g, String array, int index, int slot) {
    g.b.aload(Slots.CORE).getfield(Gen.CORE, array, Gen.LONGS);
    g.constant(index).b.laload().lstore(slot);
  }
}
