package ringside.cpu.jvm.translate;

import java.util.List;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;

/**
 * Whose flags somebody may see: a reader, an instruction where the region may be left, or the end
 * of the block. All others are never computed.
 */
final class FlagLiveness {
  private FlagLiveness() {}

  /** For each instruction of a block, whether its flags are wanted. */
  static boolean[] wanted(List<Insn> insns, CodeMode mode) {
    boolean[] wanted = new boolean[insns.size()];
    boolean live = true;
    for (int k = insns.size() - 1; k >= 0; k--) {
      Insn i = insns.get(k);
      wanted[k] = live;
      live = live && !definesAll(i) || reads(i) || Native.of(i, mode) == null || mayLeave(i);
    }
    return wanted;
  }

  private static boolean definesAll(Insn i) {
    return switch (i.mnemonic) {
      case ADD, SUB, AND, OR, XOR, CMP, TEST, NEG, IMUL, MUL, POPCNT, BSF, BSR, XADD, CMPXCHG ->
          true;
      case ADC, SBB -> true;
      case SHL, SHR, SAR -> ShiftCode.constant(i.b) && ShiftCode.count(i) != 0;
      default -> false;
    };
  }

  private static boolean reads(Insn i) {
    return switch (i.mnemonic) {
      case JCC, SETCC, CMOVCC, ADC, SBB, LOOPE, LOOPNE -> true;
      default -> false;
    };
  }

  private static boolean mayLeave(Insn i) {
    return Forms.touchesMemory(i)
        || SystemCode.leavesOrReads(i)
        || switch (i.mnemonic) {
          case PUSH, POP, CALL, RET, LEAVE, DIV, IDIV, JMP -> true;
          default -> false;
        };
  }
}
