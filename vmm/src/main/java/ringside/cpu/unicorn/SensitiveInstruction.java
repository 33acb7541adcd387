package ringside.cpu.unicorn;

import java.util.function.IntConsumer;

/**
 * The instructions that libunicorn executes by itself without asking, though the hypervisor has to
 * answer them. RDRAND, XGETBV, MONITOR and the like are not here: the processor model has none of
 * them and raises #UD.
 */
enum SensitiveInstruction {
  RDTSC,
  RDTSCP,
  RDMSR,
  WRMSR,
  /** Not answered, only noticed: it is how a stop at HLT is told from any other. */
  HLT,
  /** IN, OUT, INS, OUTS: libunicorn lets user mode use every port. */
  PORT,
  /** MOV to a debug register: see {@link DebugRegisterWrite}. */
  DEBUG,
  NONE;

  private static final int LONGEST_INSTRUCTION = 15;
  private static final int TWO_BYTE_ESCAPE = 0x0f;

  /** The instruction whose bytes, legacy and REX prefixes included, these are. */
  static SensitiveInstruction decode(byte[] code, boolean longMode) {
    return opcode(code, opcodeOffset(code, longMode));
  }

  private static SensitiveInstruction opcode(byte[] code, int at) {
    int first = byteAt(code, at);
    if (first == 0xf4) {
      return HLT;
    }
    if (first >>> 2 == 0xe4 >>> 2 || first >>> 2 == 0xec >>> 2 || first >>> 2 == 0x6c >>> 2) {
      return PORT;
    }
    if (first != TWO_BYTE_ESCAPE) {
      return NONE;
    }
    return switch (byteAt(code, at + 1)) {
      case 0x23 -> DEBUG;
      case 0x30 -> WRMSR;
      case 0x31 -> RDTSC;
      case 0x32 -> RDMSR;
      case 0x01 -> byteAt(code, at + 2) == 0xf9 ? RDTSCP : NONE;
      default -> NONE;
    };
  }

  /**
   * Calls with every offset in a translated block at which such an instruction may start: at its
   * opcode, and at each byte before it that may be a prefix. An offset inside another instruction
   * does no harm, it is never executed as a start.
   *
   * @param user the block was translated for user mode, where ports matter
   */
  static void scan(byte[] block, boolean user, IntConsumer offset) {
    for (int at = 0; at < block.length; at++) {
      SensitiveInstruction found = opcode(block, at);
      boolean wanted =
          switch (found) {
            case NONE -> false;
            case HLT -> at == block.length - 1;
            case PORT -> user;
            case RDTSC, RDTSCP, RDMSR, WRMSR, DEBUG -> true;
          };
      if (!wanted) {
        continue;
      }
      offset.accept(at);
      int start = at - 1;
      while (start >= 0 && at - start < LONGEST_INSTRUCTION && prefix(block[start] & 0xff, true)) {
        offset.accept(start--);
      }
    }
  }

  /** Where the opcode stands behind the prefixes. */
  static int opcodeOffset(byte[] code, boolean longMode) {
    int at = 0;
    while (at < code.length && prefix(code[at] & 0xff, longMode)) {
      at++;
    }
    return at;
  }

  private static boolean prefix(int value, boolean longMode) {
    return switch (value) {
      case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3 -> true;
      default -> longMode && value >>> 4 == 4;
    };
  }

  private static int byteAt(byte[] code, int at) {
    return at < code.length ? code[at] & 0xff : -1;
  }
}
