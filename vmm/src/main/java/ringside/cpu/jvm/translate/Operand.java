package ringside.cpu.jvm.translate;

import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/** What instructions with one memory operand at most have in common. */
final class Operand {
  private Operand() {}

  /** Loads the memory operand, if the argument is one, so that it can be pushed. */
  static void fetch(Gen g, Insn i, Arg a) {
    if (Forms.memory(a)) {
      MemoryAccess.address(g, i);
      MemoryAccess.load(g, a.size());
    }
  }

  /** The present access, of the long in a local to the memory operand. */
  static void storeFrom(Gen g, Arg a, int slot) {
    g.b.lload(slot);
    if (a.size() == 8) {
      g.b.lstore(Slots.VALUE);
    } else {
      g.b.l2i().istore(Slots.VALUE);
    }
    MemoryAccess.store(g, a.size());
  }

  /** Pops a long into a register or into memory; the address is computed here. */
  static void write(Gen g, Insn i, Arg a) {
    if (!a.memory()) {
      g.popGpr(a);
      return;
    }
    g.b.lstore(Slots.TEMP);
    MemoryAccess.address(g, i);
    storeFrom(g, a, Slots.TEMP);
  }
}
