package ringside.trace;

/** A file that is no trace, or whose header cannot be used. */
public final class TraceFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final long offset;

  TraceFormatException(long offset, String reason) {
    super("byte " + offset + ": " + reason);
    this.offset = offset;
  }

  /** The byte that is wrong. */
  public long offset() {
    return offset;
  }
}
