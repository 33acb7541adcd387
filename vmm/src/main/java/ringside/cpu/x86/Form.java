package ringside.cpu.x86;

/**
 * One row of the instruction table: an encoding and what it means. Two forms are the same only if
 * they are the same object.
 */
public final class Form {
  /** What is no instruction: #UD. */
  public static final Form UNDEFINED = new Form("", Mnemonic.UD0, "", "");

  /** More than 15 bytes: #GP. */
  public static final Form TOO_LONG = new Form("", Mnemonic.UD0, "", "");

  private static final OperandCode[] NO_OPERANDS = {};

  private final String opcode;
  private final Mnemonic mnemonic;
  private final String operands;
  private final String attributes;

  final OperandCode[] codes;
  final boolean lockable;

  /** Operand size 8 in 64-bit mode without REX.W. */
  final boolean default64;

  /** Operand size 8 in 64-bit mode whatever the prefixes. */
  final boolean forced64;

  /** One of the constants of {@link Encoding}. */
  final int prefix;

  /** Bits 3:0 of the opcode are the condition. */
  final boolean conditional;

  /** Where it is not in the opcode; else 0. */
  final int condition;

  Form(String opcode, Mnemonic mnemonic, String operands, String attributes) {
    this.opcode = opcode;
    this.mnemonic = mnemonic;
    this.operands = operands;
    this.attributes = attributes;
    this.codes = parse(operands);
    this.lockable = attributes.contains("lock");
    this.default64 = attributes.contains("d64");
    this.forced64 = attributes.contains("f64");
    int cc = attributes.indexOf("cc=");
    this.prefix = prefix(opcode);
    this.conditional = opcode.contains("+cc");
    this.condition = cc < 0 ? 0 : Integer.parseInt(attributes.substring(cc + 3).trim());
  }

  private static int prefix(String opcode) {
    return opcode.startsWith("NP ")
        ? Encoding.NP
        : opcode.startsWith("66 ")
            ? Encoding.P66
            : opcode.startsWith("F3 ")
                ? Encoding.PF3
                : opcode.startsWith("F2 ") ? Encoding.PF2 : Encoding.ANY;
  }

  private static OperandCode[] parse(String operands) {
    if (operands.isEmpty()) {
      return NO_OPERANDS;
    }
    String[] parts = operands.split(",");
    OperandCode[] codes = new OperandCode[parts.length];
    for (int i = 0; i < parts.length; i++) {
      codes[i] = OperandCode.parse(parts[i]);
    }
    return codes;
  }

  /** As the manual writes it: {@code "0F AF /r"}, {@code "83 /0"}, {@code "66 0F 6F /r"}. */
  public String opcode() {
    return opcode;
  }

  public Mnemonic mnemonic() {
    return mnemonic;
  }

  /** As in the manual's opcode maps: {@code "Gv,Ev"}; empty for none. */
  public String operands() {
    return operands;
  }

  /** Only in 64-bit mode ({@code o64}), only outside ({@code i64}), or in all. */
  public boolean validIn(CodeMode mode) {
    return !attributes.contains(mode == CodeMode.BITS64 ? "i64" : "o64");
  }

  /** LOCK is allowed when the first operand is memory. */
  public boolean lockable() {
    return lockable;
  }

  /**
   * Flags that the manual leaves undefined after this instruction for some operands, letters of
   * {@code oszapc}.
   */
  public String undefinedFlags() {
    int at = attributes.indexOf("u=");
    return at < 0 ? "" : attributes.substring(at + 2).split(" ")[0];
  }

  @Override
  public String toString() {
    return mnemonic + (operands.isEmpty() ? "" : " " + operands) + " (" + opcode + ")";
  }
}
