package ringside.cpu.x86;

/**
 * A decoded instruction. Immutable and independent of where it stands: RIP-relative operands and
 * branch targets count from the next instruction.
 */
public final class Insn {
  public static final int LOCK = 1; // F0
  public static final int REPNE = 2; // F2, where it is not part of the opcode
  public static final int REP = 4; // F3, where it is not part of the opcode
  public static final int OPERAND_SIZE = 8; // 66, where it is not part of the opcode
  public static final int ADDRESS_SIZE = 16; // 67

  /** Number of {@link #base} for RIP-relative operands. */
  public static final int RIP = 16;

  /** No base or no index register. */
  public static final int NONE = -1;

  /** Row of the table. */
  public final Form form;

  public final Mnemonic mnemonic;

  /** Bytes, 1 to 15. */
  public final int length;

  /** {@link #LOCK}, {@link #REP} ... */
  public final int prefixes;

  /**
   * Effective operand size in bytes, 2, 4 or 8; forms of bytes have args of size 1 all the same.
   */
  public final int operandSize;

  /** Effective address size in bytes, 2, 4 or 8. */
  public final int addressSize;

  /** Segment of the memory operand, 0 to 5 (ES CS SS DS FS GS), overrides applied. */
  public final int segment;

  /** 0 to 15, {@link #RIP} or {@link #NONE}. */
  public final int base;

  public final int index;

  /** 1, 2, 4, 8. */
  public final int scale;

  /** Sign-extended. */
  public final long displacement;

  public final long imm;
  public final long imm2;

  /** Operands in Intel's order, destination first; null where there are fewer. */
  public final Arg a;

  public final Arg b;
  public final Arg c;

  /** Condition 0 to 15 of Jcc, SETcc, CMOVcc. */
  public final int condition;

  Insn(
      Form form,
      int length,
      int prefixes,
      int operandSize,
      int addressSize,
      int segment,
      int base,
      int index,
      int scale,
      long displacement,
      long imm,
      long imm2,
      Arg a,
      Arg b,
      Arg c,
      int condition) {
    this.form = form;
    this.mnemonic = form.mnemonic();
    this.length = length;
    this.prefixes = prefixes;
    this.operandSize = operandSize;
    this.addressSize = addressSize;
    this.segment = segment;
    this.base = base;
    this.index = index;
    this.scale = scale;
    this.displacement = displacement;
    this.imm = imm;
    this.imm2 = imm2;
    this.a = a;
    this.b = b;
    this.c = c;
    this.condition = condition;
  }

  public boolean has(int prefix) {
    return (prefixes & prefix) != 0;
  }
}
