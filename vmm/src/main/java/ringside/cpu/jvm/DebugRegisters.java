package ringside.cpu.jvm;

/**
 * Breakpoints and DR6 (Intel SDM volume 3, 17.2).
 *
 * <p>Invariant: DR6 tells what the last #DB was for; bits 3:0 are of that one only, the others stay
 * until the guest clears them.
 *
 * <p>Does not: report breakpoints that are met but not enabled; RTM.
 */
public final class DebugRegisters {
  public static final long DR6_FIXED = 0xffff_0ff0L;
  public static final long DR6_WRITABLE = 0xe00f;
  public static final long DR7_FIXED = 0x400;
  public static final long DR7_WRITABLE = 0xffff_23ffL;

  private static final int DR6_BD = 1 << 13;
  static final int DR6_BS = 1 << 14;
  private static final long DR7_GD = 1 << 13;
  private static final long DR7_ENABLES = 0xff;
  private static final long CR4_DE = 8;

  private static final int EXECUTE = 0;
  private static final int WRITE = 1;
  private static final int PORT = 2;
  private static final int READ_OR_WRITE = 3;
  private static final int[] LENGTHS = {1, 2, 8, 4};

  private DebugRegisters() {}

  static boolean enabled(Core c) {
    return (c.dr[7] & DR7_ENABLES) != 0;
  }

  /** Instruction breakpoints at a linear address, as in DR6. */
  static int atInstruction(Core c, long linear) {
    int met = 0;
    for (int n = 0; n < 4; n++) {
      if (kind(c, n) == EXECUTE && c.dr[n] == linear) {
        met |= 1 << n;
      }
    }
    return met;
  }

  static void set(Core c, int number, long value) {
    c.dr[number] = value;
    changed(c);
  }

  /** After any change of DR0 to DR3 or DR7: has the memory tell of what is watched now. */
  public static void changed(Core c) {
    boolean data = false;
    for (int n = 0; n < 4; n++) {
      data |= watchesData(c, n);
    }
    if (data || c.watchesData) {
      c.watchesData = data;
      c.mmu.watch(data ? new DataBreakpoints(c) : null);
    }
  }

  private static boolean watchesData(Core c, int n) {
    return kind(c, n) == WRITE || kind(c, n) == READ_OR_WRITE;
  }

  /** Does a data breakpoint look at these bytes? */
  static boolean watches(Core c, long linear, int size) {
    boolean watched = false;
    for (int n = 0; n < 4; n++) {
      watched |= watchesData(c, n) && overlaps(c, n, linear, size);
    }
    return watched;
  }

  static void accessed(Core c, long linear, int size, boolean write) {
    for (int n = 0; n < 4; n++) {
      boolean told = kind(c, n) == READ_OR_WRITE || write && kind(c, n) == WRITE;
      if (told && overlaps(c, n, linear, size)) {
        c.breakpointsMet |= 1 << n;
      }
    }
  }

  /** IN, OUT and the like, once done. */
  public static void portAccessed(Core c, int port, int size) {
    if ((c.cr4 & CR4_DE) == 0) {
      return;
    }
    for (int n = 0; n < 4; n++) {
      if (kind(c, n) == PORT && overlaps(c, n, port, size)) {
        c.breakpointsMet |= 1 << n;
      }
    }
  }

  private static boolean overlaps(Core c, int n, long address, int size) {
    int length = LENGTHS[(int) (c.dr[7] >>> 18 + 4 * n) & 3];
    long start = c.dr[n] & -length;
    return address < start + length && start < address + size;
  }

  /** What breakpoint n waits for, or -1 when it is not enabled. */
  private static int kind(Core c, int n) {
    return (c.dr[7] >>> 2 * n & 3) == 0 ? -1 : (int) (c.dr[7] >>> 16 + 4 * n) & 3;
  }

  /** #DB before an access to a debug register while DR7.GD is set. */
  public static void checkGeneralDetect(Core c) {
    if ((c.dr[7] & DR7_GD) != 0) {
      note(c, DR6_BD);
      throw c.fault(ringside.cpu.GuestException.DB);
    }
  }

  static void note(Core c, int met) {
    c.dr[6] = c.dr[6] & ~0xfL | met;
  }

  /** A #DB is delivered: its handler may use the registers. */
  static void delivering(Core c) {
    c.dr[7] &= ~DR7_GD;
  }
}
