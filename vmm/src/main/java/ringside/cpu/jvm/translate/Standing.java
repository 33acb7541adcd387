package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import ringside.cpu.x86.CodeMode;

/**
 * Looks of earlier blocks that still stand where a block begins: what the bytes around the address
 * in a register lie at in the host's memory, {@link Registers#delta} says on all ways there.
 *
 * <p>Invariant: nothing stands where the region is entered, nor behind an instruction that may
 * change what addresses lead to. Each run is a part of what stands at the end of every block
 * before.
 */
final class Standing {
  /**
   * Bytes that may be reached directly, in distances from the address in a register.
   *
   * @param stores stored to as well
   */
  record Run(long first, long end, boolean stores) {
    boolean covers(long from, long to, boolean written) {
      return first <= from && to <= end && (stores || !written);
    }

    /** The same bytes when the register has become larger. */
    Run behind(long by) {
      return new Run(first - by, end - by, stores);
    }

    /** What both say, or null. */
    static Run both(Run a, Run b) {
      if (a == null || b == null) {
        return null;
      }
      Run r = new Run(Math.max(a.first, b.first), Math.min(a.end, b.end), a.stores && b.stores);
      return r.first < r.end ? r : null;
    }
  }

  private static final Run[] NOTHING = new Run[16];

  /** Of each block on average, while what stands is found out. */
  private static final int MOST_VISITS = 64;

  private final Shape shape;
  private final Ahead ahead;
  private final List<List<Integer>> ways;

  /** By block and general register; null where no way to the block was found. */
  private final Run[][] at;

  /** By block and general register: the delta behind the block is needed. */
  private final boolean[][] wanted;

  private Standing(Shape shape, Ahead ahead) {
    this.shape = shape;
    this.ahead = ahead;
    this.ways = shape.parts().stream().map(shape::ways).toList();
    at = new Run[shape.parts().size()][];
    wanted = new boolean[at.length][16];
  }

  static Standing of(Shape shape, Ahead ahead) {
    Standing s = new Standing(shape, ahead);
    shape.entries().forEach(n -> s.at[n] = NOTHING);
    if (shape.mode() == CodeMode.BITS64) {
      if (!s.findOut()) {
        Arrays.fill(s.at, NOTHING);
      }
      s.want();
    }
    return s;
  }

  /**
   * What a block has to look at.
   *
   * @param slot first local that is free
   */
  Reaches reaches(int block, int slot) {
    Run[] inherited = at[block] == null ? NOTHING : at[block];
    Shape.Part part = shape.parts().get(block);
    Reaches reaches = Reaches.of(part, shape.mode(), slot, shape.careful(), inherited);
    reaches.lengthen(ahead.behind(block));
    reaches.want(wanted[block]);
    return reaches;
  }

  /** False when it takes too long: then nothing is known. */
  private boolean findOut() {
    SequencedSet<Integer> changed = new LinkedHashSet<>(shape.entries());
    for (int left = MOST_VISITS * at.length; !changed.isEmpty(); left--) {
      if (left == 0) {
        return false;
      }
      int block = changed.removeFirst();
      Run[] end = reaches(block, 0).standing();
      for (int next : ways.get(block)) {
        if (into(next, end)) {
          changed.add(next);
        }
      }
    }
    return true;
  }

  private boolean into(int block, Run[] more) {
    Run[] both = more;
    if (at[block] != null) {
      both = new Run[16];
      for (int n = 0; n < both.length; n++) {
        both[n] = Run.both(at[block][n], more[n]);
      }
      if (Arrays.equals(both, at[block])) {
        return false;
      }
    }
    at[block] = both;
    return true;
  }

  /** Each block is visited again only when one more delta is wanted behind it: 16 times at most. */
  private void want() {
    List<Set<Integer>> before = new ArrayList<>();
    SequencedSet<Integer> changed = new LinkedHashSet<>();
    for (int block = 0; block < at.length; block++) {
      before.add(new TreeSet<>());
      changed.add(block);
    }
    for (int block = 0; block < at.length; block++) {
      for (int next : ways.get(block)) {
        before.get(next).add(block);
      }
    }
    while (!changed.isEmpty()) {
      int block = changed.removeLast();
      Reaches reaches = reaches(block, 0);
      for (int earlier : before.get(block)) {
        if (want(earlier, reaches)) {
          changed.add(earlier);
        }
      }
    }
  }

  private boolean want(int block, Reaches next) {
    boolean more = false;
    for (int n = 0; n < wanted[block].length; n++) {
      more |= !wanted[block][n] && next.wants(n);
      wanted[block][n] |= next.wants(n);
    }
    return more;
  }
}
