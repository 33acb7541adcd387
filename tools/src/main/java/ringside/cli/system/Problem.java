package ringside.cli.system;

/**
 * One thing that is wrong in a description.
 *
 * @param hint what to do about it; may be empty
 */
public record Problem(Where where, String message, String hint) {
  /** {@code file:line:column: what; what to do}. */
  @Override
  public String toString() {
    return where + ": " + message + (hint.isEmpty() ? "" : "; " + hint);
  }
}
