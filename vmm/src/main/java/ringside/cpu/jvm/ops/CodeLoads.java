package ringside.cpu.jvm.ops;

import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;

/** Checks and loads of code segments by far transfers (Intel SDM volume 3, 5.8). */
final class CodeLoads {
  private CodeLoads() {}

  /** A far JMP or CALL to a code segment itself: the privilege level stays. */
  static void checkDirect(Core c, Segment code) {
    int selector = code.selector();
    boolean allowed =
        code.conforming() ? code.dpl() <= c.cpl : (selector & 3) <= c.cpl && code.dpl() == c.cpl;
    if (!allowed) {
      throw Descriptors.protection(c, selector);
    }
    checkUsable(c, code);
  }

  /** A far RET or IRET to the level that the selector names. */
  static void checkReturn(Core c, Segment code) {
    int selector = code.selector();
    int level = selector & 3;
    boolean allowed =
        code.code()
            && level >= c.cpl
            && (code.conforming() ? code.dpl() <= level : code.dpl() == level);
    if (!allowed) {
      throw Descriptors.protection(c, selector);
    }
    checkUsable(c, code);
  }

  /** Present, and not both 64- and 32-bit. */
  static void checkUsable(Core c, Segment code) {
    if (!code.present()) {
      throw Descriptors.fault(c, GuestException.NP, code.selector());
    }
    if (c.longModeActive() && code.longMode() && code.big()) {
      throw Descriptors.protection(c, code.selector());
    }
  }

  static boolean is64(Core c, Segment code) {
    return c.longModeActive() && code.longMode();
  }

  /** The target within the segment: canonical in 64-bit code, else below the limit. */
  static long target(Core c, Segment code, long offset) {
    boolean reachable =
        is64(c, code) ? offset << 16 >> 16 == offset : (offset & 0xffff_ffffL) <= code.limit();
    if (!reachable) {
      throw c.protection();
    }
    return is64(c, code) ? offset : offset & 0xffff_ffffL;
  }

  /** Loads CS at a privilege level, which becomes the present one. */
  static void enter(Core c, Segment code, int level) {
    Segment s = Descriptors.accessed(c, code);
    c.cpl = level;
    c.state.segment(
        SegmentRegister.CS,
        new Segment(s.selector() & ~3 | level, s.base(), s.limit(), s.attributes()));
  }
}
