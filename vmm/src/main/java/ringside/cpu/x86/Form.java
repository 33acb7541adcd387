package ringside.cpu.x86;

/**
 * One row of the instruction table: an encoding and what it means.
 *
 * @param opcode as the manual writes it: {@code "0F AF /r"}, {@code "83 /0"}, {@code "66 0F 6F"}
 * @param operands as in the manual's opcode maps: {@code "Gv,Ev"}
 */
public record Form(String opcode, Mnemonic mnemonic, String operands) {
  /** What is no instruction: #UD. */
  public static final Form UNDEFINED = new Form("", Mnemonic.UD0, "");

  /** More than 15 bytes: #GP. */
  public static final Form TOO_LONG = new Form("", Mnemonic.UD0, "");
}
