package ringside.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean": the name that a mistyped one is nearest to. */
public final class Suggestion {
  private Suggestion() {}

  /** The closest candidate, if one is close enough to have been meant. */
  public static Optional<String> nearest(String typed, Collection<String> candidates) {
    int near = Math.max(1, Math.min(3, typed.length() / 2));
    return candidates.stream()
        .filter(name -> distance(typed, name) <= near || name.startsWith(typed) && near > 1)
        .min(
            Comparator.comparingInt((String name) -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code did you mean "x"?}, or what there is to choose from. */
  public static String hint(String typed, Collection<String> candidates) {
    return nearest(typed, candidates)
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(() -> candidates.isEmpty() ? "" : "known: " + String.join(", ", candidates));
  }

  /** Levenshtein's distance: characters put in, taken out or changed; a swap counts as one. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
