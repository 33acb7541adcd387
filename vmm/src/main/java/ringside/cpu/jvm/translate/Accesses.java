package ringside.cpu.jvm.translate;

import java.util.List;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/**
 * The accesses of an instruction to memory at addresses that come from general registers.
 *
 * <p>Invariant: what is said to be only read is never written to; the other way round it may be.
 */
final class Accesses {
  private static final int FS = 4;

  private Accesses() {}

  /**
   * One of them: at base + index * scale + displacement, with registers as before the instruction.
   *
   * @param index -1 for none
   * @param size in bytes
   * @param stores written to, perhaps; else certainly only read
   * @param implied the stack's, and not the memory operand
   */
  record Access(
      int base,
      int index,
      int scale,
      long displacement,
      int size,
      boolean stores,
      boolean implied) {}

  /** The memory operand first. */
  static List<Access> of(Insn i) {
    Access operand = operand(i);
    Access stack = stack(i);
    if (operand == null || stack == null) {
      return operand != null ? List.of(operand) : stack != null ? List.of(stack) : List.of();
    }
    return List.of(operand, stack);
  }

  private static Access operand(Insn i) {
    boolean plain =
        Forms.touchesMemory(i)
            && i.base >= 0
            && i.base != Insn.RIP
            && i.segment < FS
            && i.addressSize == 8
            && !Forms.farBit(i);
    if (!plain) {
      return null;
    }
    Arg memory = Forms.memory(i.a) ? i.a : Forms.memory(i.b) ? i.b : i.c;
    return new Access(i.base, i.index, i.scale, i.displacement, memory.size(), writes(i), false);
  }

  private static Access stack(Insn i) {
    int size = i.operandSize;
    return switch (i.mnemonic) {
      case PUSH, CALL -> new Access(Track.RSP, -1, 0, -size, size, true, true);
      case POP, RET -> new Access(Track.RSP, -1, 0, 0, size, false, true);
      case LEAVE -> new Access(Track.RBP, -1, 0, 0, size, false, true);
      default -> null;
    };
  }

  private static boolean writes(Insn i) {
    return Forms.memory(i.a)
        && switch (i.mnemonic) {
          case CMP, TEST, BT, PUSH, CALL, JMP, MUL, IMUL, DIV, IDIV -> false;
          default -> true;
        };
  }
}
