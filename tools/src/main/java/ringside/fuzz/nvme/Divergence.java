package ringside.fuzz.nvme;

/** The controller did what the specification does not allow. */
final class Divergence extends RuntimeException {
  private static final long serialVersionUID = 1;

  Divergence(String message) {
    super(message);
  }

  static void unless(boolean allowed, String format, Object... args) {
    if (!allowed) {
      throw new Divergence(format.formatted(args));
    }
  }
}
