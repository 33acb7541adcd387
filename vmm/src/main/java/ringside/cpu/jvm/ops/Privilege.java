package ringside.cpu.jvm.ops;

import ringside.cpu.jvm.Core;

/** Who may execute an instruction. Each check raises #GP(0). */
final class Privilege {
  private static final int IOPL_SHIFT = 12;

  private Privilege() {}

  /** Level 0 only. */
  static void kernel(Core c) {
    if (c.cpl != 0) {
      throw c.protection();
    }
  }

  /** A level that RFLAGS.IOPL admits. */
  static void inputOutput(Core c) {
    if (c.cpl > ioLevel(c)) {
      throw c.protection();
    }
  }

  static int ioLevel(Core c) {
    return (int) (c.flags >>> IOPL_SHIFT) & 3;
  }
}
