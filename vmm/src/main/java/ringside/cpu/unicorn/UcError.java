package ringside.cpu.unicorn;

/** The names of uc_err, by number. */
final class UcError {
  static final int OK = 0;
  static final int READ_UNMAPPED = 6;
  static final int WRITE_UNMAPPED = 7;
  static final int FETCH_UNMAPPED = 8;
  static final int WRITE_PROT = 12;

  private static final String[] NAMES = {
    "OK",
    "NOMEM",
    "ARCH",
    "HANDLE",
    "MODE",
    "VERSION",
    "READ_UNMAPPED",
    "WRITE_UNMAPPED",
    "FETCH_UNMAPPED",
    "HOOK",
    "INSN_INVALID",
    "MAP",
    "WRITE_PROT",
    "READ_PROT",
    "FETCH_PROT",
    "ARG",
    "READ_UNALIGNED",
    "WRITE_UNALIGNED",
    "FETCH_UNALIGNED",
    "HOOK_EXIST",
    "RESOURCE",
    "EXCEPTION",
    "OVERFLOW"
  };

  private UcError() {}

  static String name(int error) {
    return error >= 0 && error < NAMES.length
        ? "UC_ERR_" + NAMES[error]
        : "unknown error " + error + " of libunicorn";
  }

  /** A call that can fail only through a bug of ours, or for lack of memory. */
  static void check(int error, String call) {
    if (error != OK) {
      throw new IllegalStateException(call + " failed: " + name(error));
    }
  }
}
