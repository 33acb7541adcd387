package ringside.cpu.unicorn;

/** Which instructions use the stack without a memory operand that says so. */
final class StackUse {
  private StackUse() {}

  static boolean pushes(DecodedInstruction instruction) {
    int opcode = instruction.opcode();
    return instruction.map() == 0
        && (opcode >> 3 == 0x50 >> 3
            || opcode == 0x68
            || opcode == 0x6a
            || opcode == 0x9c
            || opcode == 0xe8
            || opcode == 0xff && (instruction.extension() == 2 || instruction.extension() == 6));
  }

  /** POP, POPF, RET, LEAVE. */
  static boolean pops(DecodedInstruction instruction) {
    int opcode = instruction.opcode();
    return instruction.map() == 0
        && (opcode >> 3 == 0x58 >> 3
            || opcode == 0x8f
            || opcode == 0x9d
            || opcode == 0xc2
            || opcode == 0xc3
            || opcode == 0xc9);
  }
}
