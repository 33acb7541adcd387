package ringside.cpu.jvm.translate;

import java.util.List;

/**
 * Which blocks of a region look whether the budget is spent: its entries, and those that are come
 * to from themselves or from one written behind them.
 *
 * <p>Invariant: every loop has such a head, and whoever passes one has ticks enough for all ways to
 * the next, so that blocks between need not look.
 */
final class Budgets {
  private final Shape shape;
  private final boolean[] heads;
  private final int[] ticks;
  private final int[] needs;

  private Budgets(Shape shape) {
    this.shape = shape;
    this.heads = new boolean[shape.parts().size()];
    this.needs = new int[heads.length];
    this.ticks =
        shape.parts().stream().mapToInt(p -> p.bytes() * Rounds.of(p, shape.mode())).toArray();
  }

  static Budgets of(Shape shape) {
    Budgets b = new Budgets(shape);
    List<List<Integer>> ways = shape.parts().stream().map(shape::ways).toList();
    shape.entries().forEach(n -> b.heads[n] = true);
    for (int n = 0; n < ways.size(); n++) {
      for (int next : ways.get(n)) {
        b.heads[next] |= next <= n;
      }
    }
    for (int n = ways.size() - 1; n >= 0; n--) {
      int longest = 0;
      for (int next : ways.get(n)) {
        longest = Math.max(longest, b.heads[next] ? 0 : b.needs[next]);
      }
      b.needs[n] = b.ticks[n] + longest;
    }
    return b;
  }

  boolean isHead(int part) {
    return heads[part];
  }

  /** Ticks of a block, with all of its {@link Rounds}. */
  int ticks(int part) {
    return ticks[part];
  }

  /** Ticks of a block and of the longest way behind it, up to the next head. */
  int need(int part) {
    return needs[part];
  }
}
