package ringside.cpu.x86;

/** Turns bytes into instructions. */
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

  private Decoder() {}

  /**
   * The instruction at the start of the source. What is no instruction decodes as {@link
   * Mnemonic#UD0} of the form {@code Form.UNDEFINED}, with the bytes that had to be read to know;
   * one longer than 15 bytes has length 16 and the form {@code Form.TOO_LONG}.
   *
   * @throws RuntimeException whatever the source throws
   */
  public static Insn decode(Source source, CodeMode mode) {
    throw new UnsupportedOperationException("decoder, " + mode + source.byteAt(0));
  }
}
