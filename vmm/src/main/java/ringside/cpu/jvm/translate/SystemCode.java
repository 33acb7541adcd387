package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.util.Map;
import ringside.cpu.jvm.Flags;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * What kernels execute all the time around their critical sections and interrupts: CLI, STI, PUSHF
 * and POPF, IRET to the same level of 64-bit code, HLT.
 *
 * <p>Invariant: nothing of it makes an interrupt possible that somebody waits for, nor switches on
 * what has to be looked at between instructions; such ones are the interpreter's, see {@link
 * SystemHelp}. Behind STI the shadow is there until the next instruction cannot fail any more, see
 * {@link #endShadow}: the region may be left before it, and an interrupt must not come there.
 */
final class SystemCode {
  private static final int RSP = 4;
  private static final int LONG = 8;

  private SystemCode() {}

  static void register(Map<Mnemonic, Native> all) {
    all.put(Mnemonic.CLI, (g, i) -> call(g, "cli"));
    all.put(Mnemonic.STI, SystemCode::sti);
    all.put(Mnemonic.HLT, SystemCode::hlt);
    all.put(Mnemonic.PUSHF, new Native.Some(SystemCode::pushf, i -> i.operandSize == LONG));
    all.put(Mnemonic.POPF, new Native.Some(SystemCode::popf, i -> i.operandSize == LONG));
    all.put(Mnemonic.IRET, new Native.Some(SystemCode::iret, i -> i.operandSize == LONG));
  }

  /** Whether the interpreter may have to do it, or the arithmetic flags are read. */
  static boolean leavesOrReads(Insn i) {
    return switch (i.mnemonic) {
      case CLI, STI, HLT, PUSHF, POPF, IRET -> true;
      default -> false;
    };
  }

  /** Whether a block may begin in the shadow of an STI. */
  static boolean inShadow(Shape shape, Shape.Part part) {
    return shape.parts().stream()
        .anyMatch(p -> p.end() == part.rip() && p.insns().getLast().mnemonic == Mnemonic.STI);
  }

  /** The present instruction cannot fail any more: the shadow in which it may be is over. */
  static void endShadow(Gen g) {
    if (g.shadow) {
      g.b.aload(Slots.CORE).iconst_0().putfield(Gen.CORE, "shadow", Gen.Z);
      g.shadow = false;
    }
  }

  private static void call(Gen g, String name) {
    g.mayLeave();
    g.b.aload(Slots.CORE);
    SystemHelp.call(g, name, Gen.V, Gen.CORE);
  }

  /** A shadow of its own takes the place of one that it is in. */
  private static void sti(Gen g, Insn i) {
    call(g, "sti");
    g.shadow = false;
  }

  private static void hlt(Gen g, Insn i) {
    call(g, "hlt");
    endShadow(g);
    g.bailOut(g.place(g.rip + i.length & Gen.mask(g.long64() ? LONG : 4), 0, Place.HALT));
  }

  private static void pushf(Gen g, Insn i) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE);
    g.pushBits();
    SystemHelp.call(g, "image", Gen.J, Gen.CORE, Gen.I);
    b.lstore(Slots.TEMP);
    StackCode.pushFrom(g, LONG, Slots.TEMP);
  }

  private static void popf(Gen g, Insn i) {
    CodeBuilder b = g.b;
    StackCode.peek(g, LONG);
    b.aload(Slots.CORE).lload(Slots.VALUE);
    SystemHelp.call(g, "popf", Gen.V, Gen.CORE, Gen.J);
    g.pushRaw(i, new Arg(Arg.Kind.MEMORY, 0, LONG));
    b.l2i();
    g.constant(Flags.ALL).b.iand();
    g.setFlagBits();
    StackCode.movePointer(g, LONG);
  }

  private static void iret(Gen g, Insn i) {
    CodeBuilder b = g.b;
    g.mayLeave();
    b.aload(Slots.CORE);
    g.loadGpr(RSP);
    SystemHelp.call(g, "iret", Gen.J, Gen.CORE, Gen.J);
    b.lstore(Slots.TARGET);
    endShadow(g);
    CallOut.reloadPointerAndFlags(g);
    b.goto_(g.leave);
  }
}
