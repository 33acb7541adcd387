package ringside.cpu.jvm.translate;

import java.util.List;
import ringside.cpu.x86.Insn;

/** Writes one block: the budget at its head, its instructions, the way on. */
final class BlockCode {
  private BlockCode() {}

  static void write(Gen g, int number) {
    Shape.Part part = g.shape.parts().get(number);
    g.part = number;
    g.flags = g.flow.at(number);
    g.b.labelBinding(g.labels[number]);
    budget(g, part);
    g.shadow = SystemCode.inShadow(g.shape, part);
    List<Insn> insns = Rounds.insns(part, g.shape.mode());
    g.reaches = g.standing.reaches(number, g.registers.end());
    boolean[] wanted = FlagLiveness.wanted(insns, g.shape.mode());
    long rip = part.rip();
    int rest = g.budgets.ticks(number);
    for (int k = 0; k < insns.size(); k++) {
      Insn i = insns.get(k);
      g.instruction = k;
      g.begin(rip, rest, wanted[k]);
      rest -= i.length;
      if (rip + i.length == part.end() && rest > 0) {
        ControlCode.roundEnds(g, i, rest);
        rip = part.rip();
        continue;
      }
      if (!instruction(g, i)) {
        return;
      }
      SystemCode.endShadow(g);
      rip += i.length;
    }
    g.go(rip & Gen.mask(g.long64() ? 8 : 4));
  }

  /**
   * The whole block is paid for; at the head of a loop it is not entered when the ways behind it
   * could not be. An entry's is left when the region has run for long, to be entered at once again:
   * HotSpot has made better code of it meanwhile. A call is to a loop as if nothing were left.
   */
  private static void budget(Gen g, Shape.Part part) {
    int ticks = g.budgets.ticks(g.part);
    g.ahead = g.budgets.need(g.part) - ticks;
    g.b.iinc(Slots.LEFT, -ticks);
    if (!g.budgets.isHead(g.part)) {
      return;
    }
    g.constant(g.place(part.rip(), ticks, Place.BUDGET)).b.istore(Slots.AT);
    g.b.iload(Slots.LEFT);
    if (g.ahead != 0) {
      g.constant(g.ahead).b.isub();
    }
    if (g.shape.prompt()) {
      g.b.aload(Slots.CORE).getfield(Gen.CORE, "called", Gen.I).ior();
    }
    if (part.entry()) {
      g.b.iload(Slots.FRESH);
      g.help("spendAnew", Gen.V, Gen.I, Gen.I);
    } else {
      g.help("spend", Gen.V, Gen.I);
    }
  }

  /** False when nothing may follow in the block. */
  private static boolean instruction(Gen g, Insn i) {
    Native code = Native.of(i, g.shape.mode());
    if (code != null) {
      Looks.look(g, i);
      code.emit(g, i);
      Looks.copy(g, i);
      return !Forms.ends(i);
    }
    if (Forms.leaves(i)) {
      g.bailOut(g.place(g.rip, g.rest, Place.INSTRUCTION));
      return false;
    }
    CallOut.emit(g, i);
    return true;
  }
}
