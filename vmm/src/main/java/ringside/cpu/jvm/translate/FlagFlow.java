package ringside.cpu.jvm.translate;

import java.util.Arrays;
import java.util.List;

/**
 * Which op the flags have where the blocks of a region begin, as far as all ways there agree. What
 * one writing of the region is told comes from the one before.
 *
 * <p>Invariant: what is told is true once {@link #settled}; nothing is told of entries, to which
 * ways from outside lead as well.
 */
final class FlagFlow {
  private static final int NONE = -2;

  private final int[] told;
  private final int[] seen;
  private final List<Integer> entries;
  private final boolean first;

  private FlagFlow(int[] told, List<Integer> entries, boolean first) {
    this.told = told;
    this.entries = entries;
    this.first = first;
    this.seen = new int[told.length];
    Arrays.fill(seen, NONE);
  }

  static FlagFlow unknown(Shape shape) {
    int[] told = new int[shape.parts().size()];
    Arrays.fill(told, Gen.UNKNOWN);
    return new FlagFlow(told, shape.entries(), true);
  }

  /** Op of the flags at the beginning of a block, or {@link Gen#UNKNOWN}. */
  int at(int block) {
    return told[block];
  }

  /** A way into a block was written, on which the flags have this op. */
  void into(int block, int op) {
    seen[block] = seen[block] == NONE || seen[block] == op ? op : Gen.UNKNOWN;
  }

  /** True when nothing was told that was not seen, and nothing more can be. */
  boolean settled() {
    return !first && Arrays.equals(told, next().told);
  }

  /** For the next writing: all that was seen, at first; then what was told and seen. */
  FlagFlow next() {
    int[] better = new int[told.length];
    for (int k = 0; k < better.length; k++) {
      boolean known = seen[k] != NONE && (first || seen[k] == told[k]);
      better[k] = known ? seen[k] : Gen.UNKNOWN;
    }
    entries.forEach(k -> better[k] = Gen.UNKNOWN);
    return new FlagFlow(better, entries, false);
  }
}
