package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Loops of one short block: some rounds are written one behind the other, so that the budget is
 * looked at once for all of them, and memory as well where they go on by known distances.
 *
 * <p>Invariant: only the last round's end is a way back; who leaves behind another one is given
 * back the ticks of those to come.
 */
final class Rounds {
  private static final int MOST = 4;

  /** Instructions, in all. */
  private static final int LONGEST = 48;

  private Rounds() {}

  /** How often a block is written, at least 1. */
  static int of(Shape.Part part, CodeMode mode) {
    List<Insn> insns = part.insns();
    boolean plain =
        insns.stream().allMatch(i -> Native.of(i, mode) != null && !SystemCode.leavesOrReads(i));
    return plain && loops(part) ? Math.clamp(LONGEST / insns.size(), 1, MOST) : 1;
  }

  private static boolean loops(Shape.Part part) {
    Insn last = part.insns().getLast();
    return last.mnemonic == Mnemonic.JCC
        && ControlCode.target(part.end() - last.length, last) == part.rip();
  }

  /** The instructions of all rounds. */
  static List<Insn> insns(Shape.Part part, CodeMode mode) {
    List<Insn> all = new ArrayList<>();
    for (int left = of(part, mode); left > 0; left--) {
      all.addAll(part.insns());
    }
    return all;
  }
}
