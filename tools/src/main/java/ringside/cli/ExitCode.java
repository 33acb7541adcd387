package ringside.cli;

/** What the process tells its caller. */
public final class ExitCode {
  /** Every guest ended well, or the command did what was asked. */
  public static final int OK = 0;

  /** A guest crashed, failed, or never ended. */
  public static final int GUEST_FAILED = 1;

  /** The command line, a file that it names, or the host is not as it must be. */
  public static final int WRONG_INPUT = 2;

  /** Ringside itself is at fault. */
  public static final int BUG = 3;

  private ExitCode() {}
}
