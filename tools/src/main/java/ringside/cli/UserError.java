package ringside.cli;

/**
 * Something that the user can mend: shown as its message alone, with exit code 2. The message says
 * what is wrong and where; the hint, which may be empty, what to do.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public UserError(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public UserError(String message) {
    this(message, "");
  }

  public String hint() {
    return hint;
  }
}
