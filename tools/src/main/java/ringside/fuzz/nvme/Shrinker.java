package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list that fails shorter, as long as it fails. */
final class Shrinker {
  /** A shrink is for reading: after so many tries it is short enough. */
  private static final int TRIES = 3000;

  private final Predicate<List<Step>> fails;
  private int tries;

  private Shrinker(Predicate<List<Step>> fails) {
    this.fails = fails;
  }

  /**
   * @param steps a list that fails
   * @return a part of it that fails, too, and mostly does not when one more step is left out
   */
  static ImmutableList<Step> shrink(List<Step> steps, Predicate<List<Step>> fails) {
    return ImmutableList.copyOf(new Shrinker(fails).shrink(new ArrayList<>(steps)));
  }

  private List<Step> shrink(List<Step> steps) {
    List<Step> best = steps;
    for (int chunk = Math.max(1, steps.size() / 2);
        chunk >= 1;
        chunk = chunk == 1 ? 0 : chunk / 2) {
      boolean shorter = true;
      while (shorter && tries < TRIES) {
        shorter = false;
        for (int end = best.size(); end > 0 && tries < TRIES; end -= chunk) {
          List<Step> without = new ArrayList<>(best);
          without.subList(Math.max(0, end - chunk), Math.min(end, without.size())).clear();
          tries++;
          if (fails.test(without)) {
            best = without;
            shorter = true;
          }
        }
      }
    }
    return best;
  }
}
