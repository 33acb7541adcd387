package ringside.cpu.unicorn;

/**
 * One x86 instruction taken apart as far as its length and its memory operand (Intel SDM volume 2,
 * appendix A). Legacy, SSE and x87 encodings; no VEX or EVEX, which the processor model has not.
 *
 * @param length bytes; may exceed what was given when the code ends early
 * @param opcode the last opcode byte
 * @param map 0 for one-byte opcodes, 0x0f, 0x38 or 0x3a
 * @param modrm the ModRM byte, or -1
 * @param sib the SIB byte, or -1
 * @param displacement of the memory operand, or a moffs address
 */
record DecodedInstruction(
    int length,
    int opcode,
    int map,
    int rex,
    int segmentPrefix,
    boolean operandSize16,
    boolean addressSizePrefix,
    int modrm,
    int sib,
    long displacement) {

  static DecodedInstruction decode(byte[] code, int start, boolean longMode) {
    return new Reader(code, start, longMode).read();
  }

  /** Bits 5:3 of ModRM. */
  int extension() {
    return modrm >> 3 & 7;
  }

  boolean memoryOperand() {
    return modrm >= 0 && modrm >> 6 != 3;
  }

  private static final class Reader {
    private final byte[] code;
    private final int start;
    private final boolean longMode;
    private int at;
    private int rex;
    private int segmentPrefix;
    private boolean operandSize;
    private boolean addressSize;

    Reader(byte[] code, int start, boolean longMode) {
      this.code = code;
      this.start = start;
      this.longMode = longMode;
      this.at = start;
    }

    DecodedInstruction read() {
      int opcode = prefixes();
      int map = 0;
      if (opcode == 0x0f) {
        opcode = next();
        map = 0x0f;
        if (opcode == 0x38 || opcode == 0x3a) {
          map = opcode;
          opcode = next();
        }
      }
      int modrm = -1;
      int sib = -1;
      long displacement = 0;
      if (hasModrm(map, opcode)) {
        modrm = next();
        int mode = modrm >> 6;
        boolean wide = longMode || !addressSize;
        if (wide && mode != 3 && (modrm & 7) == 4) {
          sib = next();
        }
        displacement = displacement(mode, modrm & 7, sib, wide);
      } else if (map == 0 && opcode >> 2 == 0xa0 >> 2) {
        displacement = number(longMode ? addressSize ? 4 : 8 : addressSize ? 2 : 4);
      }
      at += immediate(map, opcode, modrm);
      return new DecodedInstruction(
          at - start,
          opcode,
          map,
          rex,
          segmentPrefix,
          operandSize,
          addressSize,
          modrm,
          sib,
          displacement);
    }

    /** Returns the first byte behind the prefixes. */
    private int prefixes() {
      while (true) {
        int value = next();
        switch (value) {
          case 0x66 -> operandSize = true;
          case 0x67 -> addressSize = true;
          case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65 -> segmentPrefix = value;
          case 0xf0, 0xf2, 0xf3 -> {}
          default -> {
            if (longMode && value >> 4 == 4) {
              rex = value;
              return next();
            }
            return value;
          }
        }
      }
    }

    private long displacement(int mode, int rm, int sib, boolean wide) {
      if (mode == 1) {
        return number(1);
      }
      if (!wide) {
        return mode == 2 || mode == 0 && rm == 6 ? number(2) : 0;
      }
      boolean bare = mode == 0 && (rm == 5 || sib >= 0 && (sib & 7) == 5);
      return mode == 2 || bare ? number(4) : 0;
    }

    private static boolean hasModrm(int map, int opcode) {
      if (map == 0x38 || map == 0x3a) {
        return true;
      }
      if (map == 0x0f) {
        return switch (opcode) {
          case 0x05, 0x06, 0x07, 0x08, 0x09, 0x0b, 0x0e, 0x77, 0xa0, 0xa1, 0xa2, 0xa8, 0xa9, 0xaa ->
              false;
          default -> opcode >> 3 != 0x30 >> 3 && opcode >> 4 != 8 && opcode >> 3 != 0xc8 >> 3;
        };
      }
      if (opcode < 0x40) {
        return (opcode & 7) < 4;
      }
      return switch (opcode) {
        case 0x62, 0x63, 0x69, 0x6b, 0xc0, 0xc1, 0xc4, 0xc5, 0xc6, 0xc7, 0xf6, 0xf7, 0xfe, 0xff ->
            true;
        default -> opcode >> 4 == 8 || opcode >> 2 == 0xd0 >> 2 || opcode >> 3 == 0xd8 >> 3;
      };
    }

    /** Bytes of the immediate operands. */
    private int immediate(int map, int opcode, int modrm) {
      int full = operandSize ? 2 : 4;
      if (map == 0x38) {
        return 0;
      }
      if (map == 0x3a) {
        return 1;
      }
      if (map == 0x0f) {
        return switch (opcode) {
          case 0x70, 0x71, 0x72, 0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4, 0xc5, 0xc6 -> 1;
          default -> opcode >> 4 == 8 ? full : 0;
        };
      }
      if (opcode < 0x40) {
        return (opcode & 7) == 4 ? 1 : (opcode & 7) == 5 ? full : 0;
      }
      return switch (opcode) {
        case 0x6a, 0x6b, 0x80, 0x82, 0x83, 0xa8, 0xc0, 0xc1, 0xc6, 0xcd, 0xd4, 0xd5, 0xeb -> 1;
        case 0x68, 0x69, 0x81, 0xa9, 0xc7, 0xe8, 0xe9 -> full;
        case 0xc2, 0xca -> 2;
        case 0xc8 -> 3;
        case 0x9a, 0xea -> full + 2;
        case 0xf6 -> (modrm >> 3 & 7) < 2 ? 1 : 0;
        case 0xf7 -> (modrm >> 3 & 7) < 2 ? full : 0;
        default ->
            opcode >> 4 == 7 || opcode >> 3 == 0xb0 >> 3 || opcode >> 3 == 0xe0 >> 3
                ? 1
                : opcode >> 3 == 0xb8 >> 3 ? (rex & 8) != 0 ? 8 : full : 0;
      };
    }

    private long number(int size) {
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (long) next() << 8 * i;
      }
      int unused = 64 - 8 * size;
      return value << unused >> unused;
    }

    private int next() {
      int value = at < code.length ? code[at] & 0xff : 0x90;
      at++;
      return value;
    }
  }
}
