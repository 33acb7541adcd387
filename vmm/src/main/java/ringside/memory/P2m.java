package ringside.memory;

import com.google.common.primitives.Ints;
import java.util.function.LongConsumer;

/**
 * Which machine frame stands behind each gfn, and with which access: a two-level table, so that an
 * empty space costs nothing. Invariant: an absent entry has access {@link Access#NONE} and mfn -1.
 */
final class P2m {
  private static final int LEAF_SHIFT = 9;
  private static final int LEAF_SIZE = 1 << LEAF_SHIFT;

  private final int[][] mfnPlusOne;
  private final byte[][] access;
  private int count;

  P2m(long gfns) {
    int leaves = (int) ((gfns + LEAF_SIZE - 1) >>> LEAF_SHIFT);
    this.mfnPlusOne = new int[leaves][];
    this.access = new byte[leaves][];
  }

  long mfn(long gfn) {
    int[] leaf = mfnPlusOne[(int) (gfn >>> LEAF_SHIFT)];
    return leaf == null ? -1 : leaf[(int) gfn & (LEAF_SIZE - 1)] - 1L;
  }

  Access access(long gfn) {
    byte[] leaf = access[(int) (gfn >>> LEAF_SHIFT)];
    return leaf == null ? Access.NONE : ACCESS[leaf[(int) gfn & (LEAF_SIZE - 1)]];
  }

  /** Reading, or writing too, is allowed. */
  boolean permits(long gfn, boolean write) {
    byte[] leaf = access[(int) (gfn >>> LEAF_SHIFT)];
    int least = write ? Access.READ_WRITE.ordinal() : Access.READ_ONLY.ordinal();
    return leaf != null && leaf[(int) gfn & (LEAF_SIZE - 1)] >= least;
  }

  private static final Access[] ACCESS = Access.values();

  void set(long gfn, long mfn, Access what) {
    int top = (int) (gfn >>> LEAF_SHIFT);
    int low = (int) gfn & (LEAF_SIZE - 1);
    if (mfnPlusOne[top] == null) {
      mfnPlusOne[top] = new int[LEAF_SIZE];
      access[top] = new byte[LEAF_SIZE];
    }
    count += (mfn < 0 ? 0 : 1) - (mfnPlusOne[top][low] == 0 ? 0 : 1);
    mfnPlusOne[top][low] = (int) (mfn + 1);
    access[top][low] = (byte) what.ordinal();
  }

  /** The lowest gfn that the frame is at, or -1. */
  long gfnOf(long mfn) {
    for (int top = 0; top < mfnPlusOne.length; top++) {
      int index = mfnPlusOne[top] == null ? -1 : Ints.indexOf(mfnPlusOne[top], (int) mfn + 1);
      if (index >= 0) {
        return ((long) top << LEAF_SHIFT) + index;
      }
    }
    return -1;
  }

  /** The highest gfn that has a frame, or -1. */
  long highest() {
    for (int top = mfnPlusOne.length - 1; top >= 0; top--) {
      for (int low = LEAF_SIZE - 1; mfnPlusOne[top] != null && low >= 0; low--) {
        if (mfnPlusOne[top][low] != 0) {
          return ((long) top << LEAF_SHIFT) + low;
        }
      }
    }
    return -1;
  }

  /** How many gfns have a frame. */
  int count() {
    return count;
  }

  /** Every gfn that has a frame, in rising order. */
  void forEachGfn(LongConsumer action) {
    for (int top = 0; top < mfnPlusOne.length; top++) {
      if (mfnPlusOne[top] == null) {
        continue;
      }
      for (int low = 0; low < LEAF_SIZE; low++) {
        if (mfnPlusOne[top][low] != 0) {
          action.accept(((long) top << LEAF_SHIFT) + low);
        }
      }
    }
  }
}
