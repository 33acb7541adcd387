package ringside.cpu.x86;

import java.util.Locale;

/** An instruction as text in Intel's syntax, for people. */
public final class InsnText {
  private static final String[] CONDITIONS = {
    "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"
  };

  /** FCMOV has the conditions 2 to 7, 10 and 11, and names of its own for some. */
  private static final String[] FPU_CONDITIONS = {
    "", "", "b", "nb", "e", "ne", "be", "nbe", "", "", "u", "nu"
  };

  private static final String[] LEGACY = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
  private static final String[] LOW = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};
  private static final String[] HIGH = {"ah", "ch", "dh", "bh"};
  private static final String[] SEGMENTS = {"es", "cs", "ss", "ds", "fs", "gs"};
  private static final int DS = 3;

  private InsnText() {}

  /**
   * For example {@code lock add dword ptr [rax + rcx*4 + 0x10], 0x20}. Numbers are hexadecimal from
   * 10 on; a branch has its target.
   *
   * @param address of the instruction, for the targets of branches
   */
  public static String of(Insn i, long address) {
    if (i.form == Form.UNDEFINED || i.form == Form.TOO_LONG) {
      return "(bad)";
    }
    StringBuilder text = new StringBuilder(48);
    text.append(prefixes(i)).append(mnemonic(i));
    boolean port = i.mnemonic == Mnemonic.OUTS; // the manual names the port first
    Arg[] args = {port ? i.b : i.a, port ? i.a : i.b, i.c};
    for (int n = 0; n < args.length && args[n] != null; n++) {
      text.append(n == 0 ? " " : ", ").append(operand(i, n, args[n], address));
    }
    return text.toString();
  }

  private static String prefixes(Insn i) {
    String lock = i.has(Insn.LOCK) ? "lock " : "";
    return switch (i.mnemonic) {
      case MOVS, STOS, LODS, INS, OUTS ->
          lock + (i.has(Insn.REP | Insn.REPNE) ? i.has(Insn.REP) ? "rep " : "repne " : "");
      case CMPS, SCAS ->
          lock + (i.has(Insn.REP | Insn.REPNE) ? i.has(Insn.REP) ? "repe " : "repne " : "");
      default -> lock;
    };
  }

  /** With the condition, and with the size where that is part of the name. */
  public static String mnemonic(Insn i) {
    String name = i.mnemonic.name().toLowerCase(Locale.ROOT);
    return switch (i.mnemonic) {
      case JCC, SETCC, CMOVCC -> name.replace("cc", CONDITIONS[i.condition]);
      case FCMOVCC -> name.replace("cc", FPU_CONDITIONS[i.condition]);
      case MOVS, CMPS, STOS, LODS, SCAS, INS, OUTS -> name + sized(i.a.size(), "b", "w", "d", "q");
      case CBW -> sized(i.operandSize, "", "cbw", "cwde", "cdqe");
      case CWD -> sized(i.operandSize, "", "cwd", "cdq", "cqo");
      case JCXZ -> sized(i.addressSize, "", "jcxz", "jecxz", "jrcxz");
      case IRET, PUSHF, POPF, PUSHA, POPA -> name + sized(i.operandSize, "", "", "d", "q");
      case RETF, SYSRET, SYSEXIT -> name + (i.operandSize == 8 ? "q" : "");
      case FXSAVE, FXRSTOR -> name + (i.operandSize == 8 ? "64" : "");
      case CALLF -> "call far";
      case JMPF -> "jmp far";
      case MOVCR, MOVDR -> "mov";
      default -> name;
    };
  }

  private static String sized(int size, String b, String w, String d, String q) {
    return size == 1 ? b : size == 2 ? w : size == 4 ? d : q;
  }

  private static String operand(Insn i, int n, Arg arg, long address) {
    return switch (arg.kind()) {
      case GPR -> general(arg.number(), arg.size());
      case HIGH_BYTE -> HIGH[arg.number()];
      case MEMORY -> memory(i, n, arg);
      case IMMEDIATE -> number(masked(i.imm, arg.size()));
      case IMMEDIATE2 -> number(masked(i.imm2, arg.size()));
      case ONE -> "1";
      case RELATIVE -> number(masked(address + i.length + i.imm, arg.size()));
      case FAR -> number(i.imm2) + ":" + number(i.imm);
      case SEGMENT -> SEGMENTS[arg.number()];
      case CONTROL -> "cr" + arg.number();
      case DEBUG -> "dr" + arg.number();
      case XMM -> "xmm" + arg.number();
      case MMX -> "mm" + arg.number();
      case ST -> "st(" + arg.number() + ")";
    };
  }

  private static long masked(long value, int size) {
    return size >= 8 ? value : value & (1L << 8 * size) - 1;
  }

  private static String number(long value) {
    return value >= 0 && value < 10 ? Long.toString(value) : "0x" + Long.toHexString(value);
  }

  private static String general(int number, int size) {
    if (number < 8) {
      return switch (size) {
        case 1 -> LOW[number];
        case 2 -> LEGACY[number];
        case 4 -> "e" + LEGACY[number];
        default -> "r" + LEGACY[number];
      };
    }
    return "r" + number + sized(size, "b", "w", "d", "");
  }

  private static String memory(Insn i, int n, Arg arg) {
    return switch (i.mnemonic) {
      case LODS, OUTS -> source(i, arg);
      case STOS, SCAS, INS -> destination(i, arg);
      case MOVS -> n == 0 ? destination(i, arg) : source(i, arg);
      case CMPS -> n == 0 ? source(i, arg) : destination(i, arg);
      default -> pointer(arg.size()) + segment(i) + "[" + address(i) + "]";
    };
  }

  private static String source(Insn i, Arg arg) {
    return pointer(arg.size()) + segment(i) + "[" + general(6, i.addressSize) + "]";
  }

  private static String destination(Insn i, Arg arg) {
    return pointer(arg.size()) + "es:[" + general(7, i.addressSize) + "]";
  }

  private static String pointer(int size) {
    return switch (size) {
      case 0 -> "";
      case 1 -> "byte ptr ";
      case 2 -> "word ptr ";
      case 4 -> "dword ptr ";
      case 6 -> "fword ptr ";
      case 8 -> "qword ptr ";
      case 10 -> "tbyte ptr ";
      case 16 -> "xmmword ptr ";
      default -> "";
    };
  }

  /** Where it is not the one that the base register implies. */
  private static String segment(Insn i) {
    int usual = i.base == 4 || i.base == 5 ? 2 : DS;
    return i.segment == usual ? "" : SEGMENTS[i.segment] + ":";
  }

  private static String address(Insn i) {
    StringBuilder text = new StringBuilder();
    if (i.base >= 0) {
      text.append(
          i.base == Insn.RIP ? i.addressSize == 8 ? "rip" : "eip" : general(i.base, i.addressSize));
    }
    if (i.index >= 0) {
      text.append(text.isEmpty() ? "" : " + ").append(general(i.index, i.addressSize));
      if (i.scale > 1) {
        text.append('*').append(i.scale);
      }
    }
    if (text.isEmpty()) {
      return number(masked(i.displacement, i.addressSize));
    }
    if (i.displacement != 0) {
      text.append(i.displacement < 0 ? " - " : " + ").append(number(Math.abs(i.displacement)));
    }
    return text.toString();
  }
}
