package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/**
 * An instruction without bytecode of its own inside a region: the interpreter's semantics, called
 * with all registers in the core.
 */
final class CallOut {
  private static final ClassDesc INSN = Insn.class.describeConstable().orElseThrow();

  private static final int RSP = 4;

  private CallOut() {}

  static void emit(Gen g, Insn i) {
    CodeBuilder b = g.b;
    boolean longer = Forms.repeated(i) || Forms.hypercall(i);
    g.mayLeave();
    spill(g);
    b.aload(Slots.CORE).aload(Slots.THIS).getfield(Gen.CODE, "insns", INSN.arrayType());
    g.constant(g.insns.size()).b.aaload();
    g.insns.add(i);
    g.constant(g.rip);
    b.lload(Slots.END).iload(Slots.LEFT).i2l().lsub();
    g.constant((long) g.rest).b.lsub();
    if (longer) {
      g.constant(g.rest - i.length + g.ahead);
      String name = Forms.hypercall(i) ? "hypercall" : "longCallOut";
      g.help(name, Gen.Z, Gen.CORE, INSN, Gen.J, Gen.J, Gen.I);
    } else {
      g.help("callOut", Gen.Z, Gen.CORE, INSN, Gen.J, Gen.J);
    }
    Label stop = b.newLabel();
    b.ifne(stop);
    int asItIs = g.place(g.rip, 0, Place.REQUEST);
    g.later(() -> b.labelBinding(stop).loadConstant(asItIs).ireturn());
    if (Forms.vector(i)) {
      reloadVector(g, i);
    } else {
      reload(g);
    }
    if (longer) {
      b.lload(Slots.END);
      g.loadField("ticks");
      b.lsub().l2i();
      g.constant(g.rest - i.length).b.isub().istore(Slots.LEFT);
    }
  }

  /** Vector instructions write one register, and few of them flags. */
  private static void reloadVector(Gen g, Insn i) {
    Arg to = i.a;
    if (to.kind() == Arg.Kind.GPR && g.registers.hasGpr(to.number())) {
      element(g, "gpr", to.number(), g.registers.gpr(to.number()));
    }
    if (to.kind() == Arg.Kind.XMM && g.registers.hasXmm(to.number())) {
      int slot = g.registers.xmm(to.number());
      element(g, "xmm", 2 * to.number(), slot);
      element(g, "xmm", 2 * to.number() + 1, slot + 2);
    }
    if (Forms.setsFlags(i)) {
      reloadFlags(g);
    }
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
    b.invokestatic(Gen.LAZY, "spill", g.type(Gen.V, Gen.CORE, Gen.I, Gen.J, Gen.J, Gen.J));
  }

  private static void half(Gen g, int index, int slot) {
    g.b.aload(Slots.CORE).getfield(Gen.CORE, "xmm", Gen.LONGS);
    g.constant(index).b.lload(slot).lastore();
  }

  /** All registers of the region and the flags from the core. */
  static void reload(Gen g) {
    for (int n : g.registers.gprs()) {
      element(g, "gpr", n, g.registers.gpr(n));
    }
    for (int n : g.registers.xmms()) {
      element(g, "xmm", 2 * n, g.registers.xmm(n));
      element(g, "xmm", 2 * n + 1, g.registers.xmm(n) + 2);
    }
    reloadFlags(g);
  }

  /** What IRET loads. */
  static void reloadPointerAndFlags(Gen g) {
    element(g, "gpr", RSP, g.registers.gpr(RSP));
    reloadFlags(g);
  }

  private static void reloadFlags(Gen g) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE).getfield(Gen.CORE, "ccOp", Gen.I).istore(Slots.FLAGS_OP);
    g.loadField("ccResult");
    b.lstore(Slots.FLAGS_X);
    g.loadField("ccSource");
    b.lstore(Slots.FLAGS_Y).lconst_0().lstore(Slots.FLAGS_Z);
    g.flags = Gen.UNKNOWN;
  }

  private static void element(Gen g, String array, int index, int slot) {
    g.b.aload(Slots.CORE).getfield(Gen.CORE, array, Gen.LONGS);
    g.constant(index).b.laload().lstore(slot);
  }
}
