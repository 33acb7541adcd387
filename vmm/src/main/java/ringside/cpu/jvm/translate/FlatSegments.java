package ringside.cpu.jvm.translate;

import ringside.cpu.Segment;
import ringside.cpu.jvm.Core;
import ringside.cpu.x86.CodeMode;

/**
 * Whether segmentation does nothing. Invariant: code is translated and regions are run only then,
 * for they take offsets for linear addresses and check no limit.
 */
final class FlatSegments {
  private static final int ES = 0;
  private static final int CS = 1;
  private static final int SS = 2;
  private static final int DS = 3;
  private static final int BIG = 0x4000;

  /** Usable, present, no system segment, and of the type: code, expand-down, writable. */
  private static final int KIND = Segment.UNUSABLE | 0x9e;

  private static final int WRITABLE_DATA = 0x92;
  private static final long ALL = 0xffff_ffffL;

  private FlatSegments() {}

  /** True in 64-bit mode, or flat segments of 4 GiB. */
  static boolean in(Core core) {
    if (core.mode != CodeMode.BITS32) {
      return core.mode == CodeMode.BITS64;
    }
    for (int s = ES; s <= DS; s++) {
      boolean data = s == CS || (core.segmentAttributes[s] & KIND) == WRITABLE_DATA;
      if (core.segmentBase[s] != 0 || core.segmentLimit[s] != ALL || !data) {
        return false;
      }
    }
    return core.protectedMode() && (core.segmentAttributes[SS] & BIG) != 0;
  }
}
