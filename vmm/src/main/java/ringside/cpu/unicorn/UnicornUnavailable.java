package ringside.cpu.unicorn;

/** No usable libunicorn on this host; the message says what was found where and what to do. */
public final class UnicornUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  UnicornUnavailable(String message) {
    super(message);
  }
}
