package ringside.cpu;

/** Thrown by a {@link Platform} callback to raise #GP(0) at the instruction that caused it. */
public final class GeneralProtection extends Exception {
  private static final long serialVersionUID = 1L;

  public GeneralProtection(String why) {
    super(why, null, false, false);
  }
}
