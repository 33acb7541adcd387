package ringside.abi;

/** The table is wrong; the message begins with file:line. */
public final class AbiSyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1;

  AbiSyntaxError(String file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
