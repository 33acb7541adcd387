package ringside.cpu.jvm.translate;

import java.util.Arrays;
import java.util.List;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Which bytes around the address in a register may be reached for behind a block, so that one look
 * may be for all of them.
 *
 * <p>Only a hint, and kept short: what is never reached for then may lie in a page that may not be
 * looked at.
 */
final class Ahead {
  /** Bytes at most of what is wanted by a register. */
  private static final int MOST = 128;

  /** A hint may be incomplete. */
  private static final int MOST_PASSES = 20;

  private final Shape shape;
  private final Standing.Run[][] before;
  private final List<List<Integer>> ways;

  private Ahead(Shape shape) {
    this.shape = shape;
    this.before = new Standing.Run[shape.parts().size()][16];
    this.ways = shape.parts().stream().map(shape::ways).toList();
  }

  /** Nothing is wanted: each look is for what its own block reaches for. For comparison. */
  static Ahead nothing(Shape shape) {
    return new Ahead(shape);
  }

  static Ahead of(Shape shape) {
    Ahead a = new Ahead(shape);
    boolean more = shape.mode() == CodeMode.BITS64;
    for (int pass = 0; more && pass < MOST_PASSES; pass++) {
      more = false;
      for (int n = a.before.length - 1; n >= 0; n--) {
        more |= a.block(n);
      }
    }
    return a;
  }

  /** By register, null for nothing. */
  Standing.Run[] behind(int block) {
    Standing.Run[] all = new Standing.Run[16];
    for (int next : ways.get(block)) {
      for (int n = 0; n < all.length; n++) {
        all[n] = joined(all[n], before[next][n]);
      }
    }
    if (returns(block)) {
      all[Track.RSP] = null;
    }
    return all;
  }

  private boolean block(int number) {
    Standing.Run[] wanted = before[number].clone();
    Track track = new Track();
    long rip = shape.parts().get(number).rip();
    for (Insn i : shape.parts().get(number).insns()) {
      if (Native.of(i, shape.mode()) == null || shape.careful().contains(rip)) {
        track.forget();
      } else {
        for (Accesses.Access a : Accesses.of(i)) {
          want(wanted, track, a);
        }
        track.effect(i);
      }
      rip += i.length;
    }
    Standing.Run[] behind = behind(number);
    for (int n = 0; n < behind.length; n++) {
      int from = track.origin(n);
      if (from >= 0 && behind[n] != null && (track.distance(n) == 0 || from == Track.RSP)) {
        wanted[from] = joined(wanted[from], behind[n].behind(-track.distance(n)));
      }
    }
    boolean more = !Arrays.equals(wanted, before[number]);
    before[number] = wanted;
    return more;
  }

  /** What a caller has on the stack is not wanted: stacks begin at ends of pages. */
  private boolean returns(int block) {
    return shape.parts().get(block).insns().getLast().mnemonic == Mnemonic.RET;
  }

  private static void want(Standing.Run[] wanted, Track track, Accesses.Access a) {
    int from = track.origin(a.base());
    if (a.index() < 0 && from >= 0) {
      long first = track.distance(a.base()) + a.displacement();
      wanted[from] = joined(wanted[from], new Standing.Run(first, first + a.size(), a.stores()));
    }
  }

  /** Both, or the first if that were too long. */
  private static Standing.Run joined(Standing.Run a, Standing.Run b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    long first = Math.min(a.first(), b.first());
    long end = Math.max(a.end(), b.end());
    return end - first > MOST ? a : new Standing.Run(first, end, a.stores() || b.stores());
  }
}
