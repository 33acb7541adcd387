package ringside.cpu.jvm;

import ringside.cpu.GuestException;
import ringside.cpu.Segment;

/** Limit and type checks of accesses outside 64-bit mode (Intel SDM volume 3, 5.3 to 5.5). */
final class Segmentation {
  private static final int SS = 2;
  private static final int CODE = 8;
  private static final int EXPAND_DOWN = 4;
  private static final int READ_OR_WRITE = 2;
  private static final int PRESENT = 0x80;
  private static final int BIG = 0x4000;

  private Segmentation() {}

  static void check(Core c, int segment, long offset, int size, boolean write) {
    int attributes = c.segmentAttributes[segment];
    long limit = c.segmentLimit[segment];
    long last = offset + size - 1;
    boolean allowed = last <= limit && last >= offset;
    if ((attributes & (Segment.UNUSABLE | PRESENT | CODE | EXPAND_DOWN | READ_OR_WRITE))
        != (PRESENT | READ_OR_WRITE)) {
      allowed = (attributes & (Segment.UNUSABLE | PRESENT)) == PRESENT && typeAllows(c, attributes);
      boolean code = (attributes & CODE) != 0;
      if (!c.protectedMode()) {
        code = false;
      } else {
        allowed &=
            write
                ? !code && (attributes & READ_OR_WRITE) != 0
                : !code || (attributes & READ_OR_WRITE) != 0;
      }
      boolean down = !code && (attributes & EXPAND_DOWN) != 0;
      long top = (attributes & BIG) != 0 ? 0xffff_ffffL : 0xffff;
      allowed &= down ? offset > limit && last <= top : last <= limit;
    }
    if (!allowed) {
      throw c.fault(segment == SS ? GuestException.SS : GuestException.GP, 0);
    }
  }

  private static boolean typeAllows(Core c, int attributes) {
    return !c.protectedMode() || (attributes & 0x10) != 0;
  }
}
