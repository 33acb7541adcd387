package ringside.cpu.lockstep;

import java.util.ArrayList;
import java.util.List;
import ringside.cpu.Cpu;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;

/**
 * Compares the registers of two processors. What may differ, and why:
 *
 * <ul>
 *   <li>CR0.ET: always one on a processor; libunicorn keeps what was loaded.
 *   <li>CR8, debug registers: libunicorn has no task priority and no breakpoints.
 *   <li>RF: libunicorn does not set it, and nothing else shows it.
 *   <li>Accessed bits and limits of unusable segments: nothing can observe them.
 *   <li>Arithmetic flags behind a delivered interrupt or exception, until they are equal again:
 *       libunicorn loses them in the first block of the handler, which cannot mind them, but may
 *       store them.
 *   <li>In callbacks RIP and RFLAGS: libunicorn brings them up to date at the end of a block.
 * </ul>
 */
final class Registers {
  private static final long CR0_ET = 1 << 4;
  private static final long RF = 1 << 16;
  private static final long ARITHMETIC = 0x8d5;
  private static final int ACCESSED = 1;

  /** Of XMM0 to XMM15. */
  private static final int HALVES = 32;

  /** Zero in RFLAGS. */
  private static final long NO_FLAGS = 0xffc0_8028L;

  private static final long ALWAYS_ONE = 2;

  private Registers() {}

  /** The general ones and those of SSE. */
  static List<String> general(Cpu leader, Cpu follower) {
    List<String> lines = new ArrayList<>();
    for (Register r : Register.values()) {
      if (r.ordinal() <= Register.R15.ordinal()) {
        compare(r, leader, follower, -1, lines);
      }
    }
    vectors(leader, follower, lines);
    return lines;
  }

  private static void vectors(Cpu leader, Cpu follower, List<String> lines) {
    long[] x = new long[HALVES];
    long[] y = new long[HALVES];
    leader.vectors(x);
    follower.vectors(y);
    for (int i = 0; i < HALVES; i++) {
      if (x[i] != y[i]) {
        String half = i % 2 == 0 ? "lower" : "upper";
        lines.add("  XMM%d, %s half: 0x%x, 0x%x".formatted(i / 2, half, x[i], y[i]));
      }
    }
  }

  static boolean sameFlags(Cpu leader, Cpu follower) {
    long different = leader.get(Register.RFLAGS) ^ follower.get(Register.RFLAGS);
    return (different & ARITHMETIC) == 0;
  }

  /** True for 8 bytes of which halves differ in arithmetic flags, and seem to be RFLAGS. */
  static boolean mayBeFlags(long x, long y) {
    return halfMayBeFlags(x, y) && halfMayBeFlags(x >>> 32, y >>> 32);
  }

  private static boolean halfMayBeFlags(long x, long y) {
    long different = (x ^ y) & 0xffff_ffffL;
    boolean flags = (x & NO_FLAGS) == 0 && (x & ALWAYS_ONE) != 0;
    return different == 0 || flags && (different & ~ARITHMETIC) == 0;
  }

  /**
   * All of them, at a boundary of instructions.
   *
   * @param delivered a handler has just been entered
   */
  static List<String> all(Cpu leader, Cpu follower, boolean delivered) {
    List<String> lines = general(leader, follower);
    for (Register r : Register.values()) {
      if (r.ordinal() > Register.R15.ordinal()) {
        boolean loose = delivered && r == Register.RFLAGS;
        compare(r, leader, follower, mask(r) & (loose ? ~ARITHMETIC : -1), lines);
      }
    }
    for (SegmentRegister s : SegmentRegister.values()) {
      compare(s, leader.segment(s), follower.segment(s), lines);
    }
    return lines;
  }

  private static long mask(Register r) {
    return switch (r) {
      case CR0 -> ~CR0_ET;
      case RFLAGS -> ~RF;
      case CR8, DR0, DR1, DR2, DR3, DR6, DR7 -> 0;
      default -> -1;
    };
  }

  private static void compare(Register r, Cpu leader, Cpu follower, long mask, List<String> lines) {
    long x = leader.get(r) & mask;
    long y = mask == 0 ? 0 : follower.get(r) & mask;
    if (x != y) {
      lines.add("  %s: 0x%x, 0x%x".formatted(r, x, y));
    }
  }

  private static void compare(SegmentRegister s, Segment x, Segment y, List<String> lines) {
    boolean unusable = ((x.attributes() & y.attributes()) & Segment.UNUSABLE) != 0;
    boolean equal =
        x.selector() == y.selector()
            && (unusable
                || x.base() == y.base()
                    && x.limit() == y.limit()
                    && (x.attributes() | ACCESSED) == (y.attributes() | ACCESSED));
    if (!equal) {
      lines.add("  %s: %s, %s".formatted(s, x, y));
    }
  }

  /** All that can be said about one processor, for a report. */
  static String context(Cpu cpu) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (Register r : Register.values()) {
      if (mask(r) != 0) {
        text.append("%-14s %016x".formatted(r, cpu.get(r)));
        text.append(++column % 3 == 0 ? "\n" : "   ");
      }
    }
    return text.append('\n').toString();
  }
}
