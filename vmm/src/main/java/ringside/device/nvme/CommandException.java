package ringside.device.nvme;

/** A command ends with an error; hostile guests cause many, so there is no stack trace. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  CommandException(int status) {
    super("status 0x" + Integer.toHexString(status), null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static void unless(boolean fine, int status) throws CommandException {
    if (!fine) {
      throw new CommandException(status);
    }
  }
}
