package ringside.cpu.x86;

import ringside.cpu.x86.OpcodeMaps.Cell;

/**
 * Turns bytes into instructions (Intel SDM volume 2, chapter 2 and appendix A).
 *
 * <p>Does not know whether the processor may execute them where they stand: privilege, operating
 * mode beyond the {@link CodeMode}, and CPUID are the engine's.
 */
public final class Decoder {
  /** Where code comes from. */
  @FunctionalInterface
  public interface Source {
    /**
     * The byte so far behind the first of the instruction, 0 to 14.
     *
     * @return 0 to 255; what is not fetched is not asked for
     */
    int byteAt(int index);
  }

  /** Bytes of the longest instruction. */
  public static final int LONGEST = 15;

  private static final int SS = 2;
  private static final int DS = 3;
  private static final int RSP = 4;
  private static final int RBP = 5;
  private static final int REX_W = 8;
  private static final int REX_R = 4;
  private static final int REX_X = 2;
  private static final int REX_B = 1;

  private final Source source;
  private final CodeMode mode;
  private final boolean longMode;
  private int position;
  private boolean tooLong;
  private boolean undefined;

  private int prefixes;
  private int override = -1;
  private int rex;

  private int opcode;
  private int modrm;
  private int operandSize;
  private int addressSize;

  private int base = Insn.NONE;
  private int index = Insn.NONE;
  private int scale = 1;
  private int segment = DS;
  private long displacement;
  private long imm;
  private long imm2;
  private boolean immediateRead;

  private Decoder(Source source, CodeMode mode) {
    this.source = source;
    this.mode = mode;
    this.longMode = mode == CodeMode.BITS64;
  }

  /**
   * The instruction at the start of the source. What is no instruction decodes as {@link
   * Mnemonic#UD0} of the form {@code Form.UNDEFINED}, with the bytes that had to be read to know;
   * one longer than 15 bytes has length 16 and the form {@code Form.TOO_LONG}.
   *
   * @throws RuntimeException whatever the source throws
   */
  public static Insn decode(Source source, CodeMode mode) {
    return new Decoder(source, mode).decode();
  }

  private Insn decode() {
    Cell cell = opcode();
    if (tooLong) {
      return nothing(Form.TOO_LONG, LONGEST + 1);
    }
    if (cell == null) {
      return nothing(Form.UNDEFINED, position);
    }
    Form form = form(cell);
    if (form == null) {
      return tooLong ? nothing(Form.TOO_LONG, LONGEST + 1) : nothing(Form.UNDEFINED, position);
    }
    operandSize = operandSize(form);
    if (cell.modrm && modrm < 0xc0) {
      memoryOperand();
    }
    OperandCode[] codes = form.codes;
    Arg a = codes.length > 0 ? operand(codes[0]) : null;
    Arg b = codes.length > 1 ? operand(codes[1]) : null;
    Arg c = codes.length > 2 ? operand(codes[2]) : null;
    checkSpecialRegisters(form, a);
    if (tooLong) {
      return nothing(Form.TOO_LONG, LONGEST + 1);
    }
    boolean lock = (prefixes & Insn.LOCK) != 0;
    if (undefined || lock && !(form.lockable && a.memory())) {
      return nothing(Form.UNDEFINED, position);
    }
    return new Insn(
        form,
        position,
        visiblePrefixes(form),
        operandSize,
        addressSize,
        override >= 0 ? override : segment,
        base,
        index,
        scale,
        displacement,
        imm,
        imm2,
        a,
        b,
        c,
        form.conditional ? opcode & 15 : form.condition);
  }

  private Insn nothing(Form form, int length) {
    return new Insn(
        form, length, prefixes, 4, 4, DS, Insn.NONE, Insn.NONE, 1, 0, 0, 0, null, null, null, 0);
  }

  private int next() {
    if (position >= LONGEST) {
      tooLong = true;
      return 0;
    }
    return source.byteAt(position++);
  }

  /** Prefixes and opcode bytes; null for an opcode without a row. */
  private Cell opcode() {
    int b = next();
    while (!tooLong && prefix(b)) {
      b = next();
    }
    boolean other = (prefixes & Insn.ADDRESS_SIZE) != 0;
    addressSize = longMode ? other ? 4 : 8 : (mode == CodeMode.BITS32) != other ? 4 : 2;
    int map = 0;
    if (b == 0x0f) {
      b = next();
      map = 1;
      if (b == 0x38 || b == 0x3a) {
        map = b == 0x38 ? 2 : 3;
        b = next();
      }
    }
    opcode = b;
    boolean xchgR8 = map == 0 && b == 0x90 && (rex & REX_B) != 0; // 90 is NOP for RAX only
    Cell cell = OpcodeMaps.cell(map, xchgR8 ? 0x91 : b);
    if (cell != null && cell.modrm) {
      modrm = next();
      if (map == 1 && (b & 0xfc) == 0x20) {
        modrm |= 0xc0; // MOV to and from control and debug registers ignores mod
      }
    }
    return cell;
  }

  /** Takes a prefix; REX counts only directly before the opcode. */
  private boolean prefix(int b) {
    if (longMode && (b & 0xf0) == 0x40) {
      rex = b;
      return true;
    }
    switch (b) {
      case 0x26, 0x2e, 0x36, 0x3e -> {
        if (!longMode) {
          override = b >> 3 & 3;
        }
      }
      case 0x64, 0x65 -> override = b & 7;
      case 0x66 -> prefixes |= Insn.OPERAND_SIZE;
      case 0x67 -> prefixes |= Insn.ADDRESS_SIZE;
      case 0xf0 -> prefixes |= Insn.LOCK;
      case 0xf2 -> prefixes = prefixes & ~Insn.REP | Insn.REPNE;
      case 0xf3 -> prefixes = prefixes & ~Insn.REPNE | Insn.REP;
      default -> {
        return false;
      }
    }
    rex = 0;
    return true;
  }

  private Form form(Cell cell) {
    int prefix = Encoding.NP;
    if (cell.prefixed) {
      if ((prefixes & Insn.REP) != 0) {
        prefix = Encoding.PF3;
      } else if ((prefixes & Insn.REPNE) != 0) {
        prefix = Encoding.PF2;
      } else if ((prefixes & Insn.OPERAND_SIZE) != 0) {
        prefix = Encoding.P66;
      }
    }
    return cell.form(prefix, longMode, (rex & REX_W) != 0, modrm);
  }

  private int operandSize(Form form) {
    boolean other = (prefixes & Insn.OPERAND_SIZE) != 0 && form.prefix != Encoding.P66;
    if (!longMode) {
      return (mode == CodeMode.BITS32) != other ? 4 : 2;
    }
    if ((rex & REX_W) != 0 || form.forced64) {
      return 8;
    }
    return other ? 2 : form.default64 ? 8 : 4;
  }

  /** Without those that belong to the opcode. */
  private int visiblePrefixes(Form form) {
    return switch (form.prefix) {
      case Encoding.P66 -> prefixes & ~Insn.OPERAND_SIZE;
      case Encoding.PF3, Encoding.PF2 -> prefixes & ~(Insn.REP | Insn.REPNE);
      default -> prefixes;
    };
  }

  private void checkSpecialRegisters(Form form, Arg a) {
    if (form.mnemonic() == Mnemonic.MOV && a.kind() == Arg.Kind.SEGMENT && a.number() == 1) {
      undefined = true; // CS is loaded by far transfers only
    }
  }

  // Memory operands

  private void memoryOperand() {
    if (addressSize == 2) {
      memory16();
      return;
    }
    int mod = modrm >> 6;
    int rm = modrm & 7;
    if (rm == RSP) {
      sib(mod);
    } else if (rm == RBP && mod == 0) {
      base = longMode ? Insn.RIP : Insn.NONE;
      displacement = signed(4);
    } else {
      base(rm | (rex & REX_B) << 3);
    }
    displacement(mod, 4);
  }

  private void sib(int mod) {
    int sib = next();
    int number = sib >> 3 & 7 | (rex & REX_X) << 2;
    if (number != RSP) {
      index = number;
      scale = 1 << (sib >> 6);
    }
    if ((sib & 7) == RBP && mod == 0) {
      displacement = signed(4);
    } else {
      base(sib & 7 | (rex & REX_B) << 3);
    }
  }

  private void base(int number) {
    base = number;
    if (number == RSP || number == RBP) {
      segment = SS;
    }
  }

  private void displacement(int mod, int size) {
    if (mod == 1) {
      displacement = signed(1);
    } else if (mod == 2) {
      displacement = signed(size);
    }
  }

  private void memory16() {
    int mod = modrm >> 6;
    int rm = modrm & 7;
    if (rm == 6 && mod == 0) {
      displacement = signed(2);
      return;
    }
    // BX+SI BX+DI BP+SI BP+DI SI DI BP BX
    base = rm < 2 || rm == 7 ? 3 : rm == 4 ? 6 : rm == 5 ? 7 : RBP;
    index = rm > 3 ? Insn.NONE : 6 + (rm & 1);
    segment = base == RBP ? SS : DS;
    displacement(mod, 2);
  }

  private long unsigned(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) next() << 8 * i;
    }
    return value;
  }

  private long signed(int size) {
    int shift = 64 - 8 * size;
    return unsigned(size) << shift >> shift;
  }

  // Operands

  private int reg() {
    return modrm >> 3 & 7 | (rex & REX_R) << 1;
  }

  private int rm() {
    return modrm & 7 | (rex & REX_B) << 3;
  }

  private Arg operand(OperandCode code) {
    int size = code.width().bytes(operandSize, mode);
    return switch (code.place()) {
      case GENERAL_OR_MEMORY -> modrm < 0xc0 ? Args.memory(size) : general(rm(), size);
      case GENERAL_OF_REG -> general(reg(), size);
      case GENERAL_OF_RM -> general(rm(), size);
      case GENERAL_OF_OPCODE -> general(opcode & 7 | (rex & REX_B) << 3, size);
      case GENERAL_FIXED -> Args.gpr(code.number(), size);
      case GENERAL_OR_OTHER_MEMORY ->
          modrm < 0xc0 ? Args.memory(code.number()) : general(rm(), size);
      case MEMORY, STRING -> Args.memory(size);
      case XLAT, OFFSET -> implicitMemory(code, size);
      case IMMEDIATE, IMMEDIATE_SIGNED_BYTE, RELATIVE, FAR -> immediate(code, size);
      case ONE -> Args.ONE;
      case SEGMENT_OF_REG -> segment(reg() & 7);
      case SEGMENT_FIXED -> Args.segment(code.number());
      case CONTROL_OF_REG -> control(size);
      case DEBUG_OF_REG -> debug(size);
      default -> vector(code, size);
    };
  }

  private Arg vector(OperandCode code, int size) {
    return switch (code.place()) {
      case XMM_OF_REG -> Args.xmm(reg(), size);
      case XMM_OF_RM -> Args.xmm(rm(), size);
      case XMM_FIXED -> Args.xmm(code.number(), size);
      case XMM_OR_MEMORY -> modrm < 0xc0 ? Args.memory(size) : Args.xmm(rm(), size);
      case MMX_OF_REG -> Args.mmx(reg(), size);
      case MMX_OF_RM -> Args.mmx(rm(), size);
      case MMX_OR_MEMORY -> modrm < 0xc0 ? Args.memory(size) : Args.mmx(rm(), size);
      case ST_OF_RM -> Args.st(modrm & 7);
      case ST_FIXED -> Args.st(code.number());
      default -> throw new AssertionError(code);
    };
  }

  /** Bytes 4 to 7 are AH CH DH BH where no REX says otherwise. */
  private Arg general(int number, int size) {
    return size == 1 && rex == 0 && number >= 4 ? Args.high(number - 4) : Args.gpr(number, size);
  }

  private Arg implicitMemory(OperandCode code, int size) {
    if (code.place() == OperandCode.Place.XLAT) {
      base = 3;
    } else {
      displacement = unsigned(addressSize);
    }
    return Args.memory(size);
  }

  private Arg immediate(OperandCode code, int size) {
    switch (code.place()) {
      case RELATIVE -> {
        int bytes = code.width() == OperandCode.Width.BYTE ? 1 : Math.min(operandSize, 4);
        imm = signed(bytes);
        return Args.relative(operandSize);
      }
      case FAR -> {
        imm = unsigned(operandSize);
        imm2 = unsigned(2);
        return Args.far(2 + operandSize);
      }
      case IMMEDIATE_SIGNED_BYTE -> imm = signed(1);
      default -> {
        if (immediateRead) {
          imm2 = unsigned(size);
          return Args.immediate2(size);
        }
        immediateRead = true;
        imm = code.width() == OperandCode.Width.OPERAND_TO_DWORD ? signed(size) : unsigned(size);
        return Args.immediate(
            code.width() == OperandCode.Width.OPERAND_TO_DWORD ? operandSize : size);
      }
    }
    return Args.immediate(size);
  }

  private Arg segment(int number) {
    undefined |= number > 5;
    return Args.segment(number % 6);
  }

  /** CR0, CR2, CR3, CR4 and CR8 are there. */
  private Arg control(int size) {
    int number = reg();
    undefined |= number == 1 || number > 4 && number != 8;
    return Args.control(number, size);
  }

  private Arg debug(int size) {
    int number = reg();
    undefined |= number > 7;
    return Args.debug(number & 7, size);
  }
}
