package ringside.trace;

/**
 * Where and why a file ends.
 *
 * @param state whether all of it could be read
 * @param offset the byte at which reading stopped
 * @param records events before that byte
 * @param lost events that the writer could not write; known only of a complete file
 * @param reason empty for a complete file
 */
public record TraceEnd(State state, long offset, long records, long lost, String reason) {
  /** How much of the file could be read. */
  public enum State {
    /** Up to its trailer. */
    COMPLETE,
    /** The file stops in the middle: its writer did not close it, or a copy was cut. */
    TRUNCATED,
    /** Bytes in it are not what the writer wrote. */
    CORRUPT
  }

  public boolean complete() {
    return state == State.COMPLETE;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return switch (state) {
      case COMPLETE -> lost == 0 ? "complete" : lost + " events lost while recording";
      case TRUNCATED ->
          "truncated: ends at byte %d after event %d: %s".formatted(offset, records, reason);
      case CORRUPT -> "corrupt at byte %d after event %d: %s".formatted(offset, records, reason);
    };
  }
}
