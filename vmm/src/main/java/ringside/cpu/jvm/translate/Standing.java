package ringside.cpu.jvm.translate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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

  private final Shape shape;
  private final Ahead ahead;

  /** By block and general register; null where no way to the block was found. */
  private final Run[][] at;

  /** By block and general register: the delta behind the block is needed. */
  private final boolean[][] wanted;

  private Standing(Shape shape, Ahead ahead) {
    this.shape = shape;
    this.ahead = ahead;
    at = new Run[shape.parts().size()][];
    wanted = new boolean[at.length][16];
  }

  static Standing of(Shape shape, Ahead ahead) {
    Standing s = new Standing(shape, ahead);
    s.at[0] = NOTHING;
    if (shape.mode() == CodeMode.BITS64) {
      s.findOut();
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

  private void findOut() {
    Deque<Integer> changed = new ArrayDeque<>();
    changed.add(0);
    while (!changed.isEmpty()) {
      int block = changed.poll();
      Run[] end = reaches(block, 0).standing();
      for (int next : shape.ways(shape.parts().get(block))) {
        if (into(next, end)) {
          changed.add(next);
        }
      }
    }
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

  private void want() {
    boolean more = true;
    while (more) {
      more = false;
      for (int block = at.length - 1; block >= 0; block--) {
        for (int next : shape.ways(shape.parts().get(block))) {
          more |= want(block, reaches(next, 0));
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
