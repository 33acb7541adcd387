package ringside.cpu.x86;

/**
 * An operand as the instruction table writes it: where it is and how its size comes about. The
 * letters are explained at the head of {@code instructions.tbl}.
 */
record OperandCode(Place place, Width width, int number) {
  /** Where an operand is. */
  enum Place {
    GENERAL_OR_MEMORY,
    GENERAL_OF_REG,
    GENERAL_OF_RM,
    GENERAL_OF_OPCODE,
    GENERAL_FIXED,
    /** General register of one size or memory of another. */
    GENERAL_OR_OTHER_MEMORY,
    MEMORY,
    IMMEDIATE,
    /** A byte, sign-extended to the operand size. */
    IMMEDIATE_SIGNED_BYTE,
    RELATIVE,
    FAR,
    OFFSET,
    STRING,
    XLAT,
    ONE,
    SEGMENT_OF_REG,
    SEGMENT_FIXED,
    CONTROL_OF_REG,
    DEBUG_OF_REG,
    XMM_OF_REG,
    XMM_OF_RM,
    XMM_FIXED,
    XMM_OR_MEMORY,
    MMX_OF_REG,
    MMX_OF_RM,
    MMX_OR_MEMORY,
    ST_OF_RM,
    ST_FIXED;

    /** Wants a ModRM byte whose mod is 3. */
    boolean registerOnly() {
      return this == GENERAL_OF_RM || this == XMM_OF_RM || this == MMX_OF_RM;
    }
  }

  /** Size of an operand, fixed or by operand size and mode. */
  enum Width {
    NONE(0),
    BYTE(1),
    WORD(2),
    DWORD(4),
    QWORD(8),
    TEN(10),
    OCTO(16),
    FXSAVE(512),
    OPERAND(-1),
    OPERAND_TO_DWORD(-1),
    DWORD_OR_QWORD(-1),
    MODE(-1),
    POINTER(-1),
    TWICE(-1),
    TABLE(-1),
    ENVIRONMENT(-1),
    STATE(-1);

    private final int fixed;

    Width(int fixed) {
      this.fixed = fixed;
    }

    int bytes(int operandSize, CodeMode mode) {
      return switch (this) {
        case OPERAND -> operandSize;
        case OPERAND_TO_DWORD -> Math.min(operandSize, 4);
        case DWORD_OR_QWORD -> Math.max(operandSize, 4);
        case MODE -> mode == CodeMode.BITS64 ? 8 : 4;
        case POINTER -> 2 + operandSize;
        case TWICE -> 2 * operandSize;
        case TABLE -> mode == CodeMode.BITS64 ? 10 : 6;
        case ENVIRONMENT -> operandSize == 2 ? 14 : 28;
        case STATE -> operandSize == 2 ? 94 : 108;
        default -> fixed;
      };
    }
  }

  private OperandCode(Place place, Width width) {
    this(place, width, 0);
  }

  static OperandCode parse(String code) {
    OperandCode fixed = fixed(code);
    if (fixed != null) {
      return fixed;
    }
    int slash = code.indexOf('/');
    if (slash > 0) {
      OperandCode memory = parse(code.substring(slash + 1));
      OperandCode register = parse(code.substring(0, slash));
      return new OperandCode(
          Place.GENERAL_OR_OTHER_MEMORY, register.width, memory.width.bytes(0, CodeMode.BITS16));
    }
    String size = code.substring(1);
    return new OperandCode(place(code.charAt(0)), width(size));
  }

  private static Place place(char letter) {
    return switch (letter) {
      case 'E' -> Place.GENERAL_OR_MEMORY;
      case 'G' -> Place.GENERAL_OF_REG;
      case 'R' -> Place.GENERAL_OF_RM;
      case 'Z' -> Place.GENERAL_OF_OPCODE;
      case 'M' -> Place.MEMORY;
      case 'I' -> Place.IMMEDIATE;
      case 'J' -> Place.RELATIVE;
      case 'A' -> Place.FAR;
      case 'O' -> Place.OFFSET;
      case 'X', 'Y' -> Place.STRING;
      case 'B' -> Place.XLAT;
      case 'S' -> Place.SEGMENT_OF_REG;
      case 'C' -> Place.CONTROL_OF_REG;
      case 'D' -> Place.DEBUG_OF_REG;
      case 'V' -> Place.XMM_OF_REG;
      case 'U' -> Place.XMM_OF_RM;
      case 'W' -> Place.XMM_OR_MEMORY;
      case 'P' -> Place.MMX_OF_REG;
      case 'N' -> Place.MMX_OF_RM;
      case 'Q' -> Place.MMX_OR_MEMORY;
      default -> throw new IllegalArgumentException("operand code " + letter);
    };
  }

  private static Width width(String size) {
    return switch (size) {
      case "" -> Width.NONE;
      case "b" -> Width.BYTE;
      case "w" -> Width.WORD;
      case "d" -> Width.DWORD;
      case "q" -> Width.QWORD;
      case "t" -> Width.TEN;
      case "dq" -> Width.OCTO;
      case "512" -> Width.FXSAVE;
      case "v" -> Width.OPERAND;
      case "z" -> Width.OPERAND_TO_DWORD;
      case "y" -> Width.DWORD_OR_QWORD;
      case "c" -> Width.MODE;
      case "p" -> Width.POINTER;
      case "a" -> Width.TWICE;
      case "s" -> Width.TABLE;
      case "28" -> Width.ENVIRONMENT;
      case "108" -> Width.STATE;
      default -> throw new IllegalArgumentException("operand size " + size);
    };
  }

  /** Codes that stand for one register or constant; null for others. */
  private static OperandCode fixed(String code) {
    return switch (code) {
      case "1" -> new OperandCode(Place.ONE, Width.BYTE);
      case "AL" -> new OperandCode(Place.GENERAL_FIXED, Width.BYTE);
      case "AX" -> new OperandCode(Place.GENERAL_FIXED, Width.WORD);
      case "eAX" -> new OperandCode(Place.GENERAL_FIXED, Width.OPERAND_TO_DWORD);
      case "rAX" -> new OperandCode(Place.GENERAL_FIXED, Width.OPERAND);
      case "CL" -> new OperandCode(Place.GENERAL_FIXED, Width.BYTE, 1);
      case "DX" -> new OperandCode(Place.GENERAL_FIXED, Width.WORD, 2);
      case "ES" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 0);
      case "CS" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 1);
      case "SS" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 2);
      case "DS" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 3);
      case "FS" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 4);
      case "GS" -> new OperandCode(Place.SEGMENT_FIXED, Width.WORD, 5);
      case "ST0" -> new OperandCode(Place.ST_FIXED, Width.TEN);
      case "STi" -> new OperandCode(Place.ST_OF_RM, Width.TEN);
      case "XMM0" -> new OperandCode(Place.XMM_FIXED, Width.OCTO);
      case "Ibs" -> new OperandCode(Place.IMMEDIATE_SIGNED_BYTE, Width.OPERAND);
      case "Sw" -> new OperandCode(Place.SEGMENT_OF_REG, Width.WORD);
      default -> null;
    };
  }
}
