package ringside.cpu.unicorn;

import java.util.function.LongPredicate;
import ringside.cpu.Register;
import ringside.cpu.SegmentRegister;

/**
 * Finds the instruction of a block whose store was refused. libunicorn leaves a block at a refused
 * store with the general registers right but RIP and the arithmetic flags behind the times: the
 * store is the first one in the block that goes to the refused address with these registers.
 *
 * <p>Does not find x87 stores and those by 16-bit addressing; the block's start stands for them.
 */
final class RefusedStore {
  private final SavedState state;
  private final boolean longMode;
  private final OperandAddress operands;

  RefusedStore(SavedState state) {
    this.state = state;
    this.longMode = state.longMode();
    this.operands = new OperandAddress(state);
  }

  /**
   * @param code the bytes of the block
   * @param linear where it starts
   * @param refused true for a linear address at the place of the refused store
   * @return offset of the instruction, 0 when none fits
   */
  int find(byte[] code, long linear, LongPredicate refused) {
    for (int at = 0; at < code.length; ) {
      DecodedInstruction instruction = DecodedInstruction.decode(code, at, longMode);
      at += instruction.length();
      if (stores(instruction) && refused.test(target(instruction, linear + at))) {
        return at - instruction.length();
      }
    }
    return 0;
  }

  private static boolean stores(DecodedInstruction instruction) {
    return instruction.map() == 0
        ? instruction.memoryOperand() && storesByOperand(instruction) || implicit(instruction)
        : instruction.map() == 0x0f && instruction.memoryOperand() && storesTwoByte(instruction);
  }

  private static boolean storesByOperand(DecodedInstruction instruction) {
    int opcode = instruction.opcode();
    int extension = instruction.extension();
    if (opcode < 0x38) {
      return (opcode & 7) < 2;
    }
    return switch (opcode) {
      case 0x80, 0x81, 0x82, 0x83 -> extension != 7;
      case 0x86, 0x87, 0x88, 0x89, 0x8c, 0x8f, 0xc0, 0xc1, 0xc6, 0xc7, 0xd0, 0xd1, 0xd2, 0xd3 ->
          true;
      case 0xf6, 0xf7 -> extension == 2 || extension == 3;
      case 0xfe, 0xff -> extension < 2;
      default -> false;
    };
  }

  private static boolean storesTwoByte(DecodedInstruction instruction) {
    int opcode = instruction.opcode();
    return switch (opcode) {
      case 0x11, 0x13, 0x17, 0x29, 0x2b, 0x7e, 0x7f, 0xd6, 0xe7, 0xc3 -> true;
      case 0xa4, 0xa5, 0xac, 0xad, 0xab, 0xb3, 0xbb, 0xb0, 0xb1, 0xc0, 0xc1, 0xc7, 0xae -> true;
      case 0xba -> instruction.extension() > 4;
      default -> opcode >> 4 == 9;
    };
  }

  /** Pushes, string stores and stores to a moffs. */
  private static boolean implicit(DecodedInstruction instruction) {
    return switch (instruction.opcode()) {
      case 0xa2, 0xa3, 0xa4, 0xa5, 0xaa, 0xab -> true;
      default -> StackUse.pushes(instruction);
    };
  }

  private long target(DecodedInstruction instruction, long next) {
    if (StackUse.pushes(instruction)) {
      int slot = instruction.operandSize16() ? 2 : longMode ? 8 : 4;
      return operands.linear(SegmentRegister.SS, 0, state.get(Register.RSP) - slot);
    }
    return switch (instruction.opcode()) {
      case 0xa4, 0xa5, 0xaa, 0xab ->
          instruction.map() == 0
              ? operands.linear(SegmentRegister.ES, 0, state.get(Register.RDI))
              : operands.address(instruction, next);
      case 0xa2, 0xa3 ->
          operands.linear(
              SegmentRegister.DS, instruction.segmentPrefix(), instruction.displacement());
      default -> operands.address(instruction, next);
    };
  }
}
