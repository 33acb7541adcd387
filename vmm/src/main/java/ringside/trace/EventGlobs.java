package ringside.trace;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which event types are meant: globs separated by commas, {@code *} for any run of characters and
 * {@code ?} for one. Every glob matches at least one known type, or it was a mistake.
 */
public final class EventGlobs {
  /** Every event. */
  public static final EventGlobs ALL = new EventGlobs("*", EventTypes.ALL);

  private final String text;
  private final List<String> globs;

  /** The answer for every type that was known from the start. */
  private final Map<String, Boolean> known;

  private EventGlobs(String text, Collection<String> types) {
    this.text = text;
    this.globs = split(text);
    this.known =
        types.stream().distinct().collect(Collectors.toUnmodifiableMap(t -> t, this::anyMatch));
  }

  /**
   * @throws NoSuchEventException when a glob matches no event that Ringside can record
   */
  public static EventGlobs parse(String text) throws NoSuchEventException {
    return parse(text, EventTypes.ALL);
  }

  /**
   * @param types the types that exist, for instance those of a file
   * @throws NoSuchEventException when a glob matches none of them
   */
  public static EventGlobs parse(String text, Collection<String> types)
      throws NoSuchEventException {
    List<String> globs = split(text);
    if (globs.isEmpty()) {
      throw new NoSuchEventException(text, suggestions("", types));
    }
    for (String glob : globs) {
      if (types.stream().noneMatch(type -> matches(glob, type))) {
        throw new NoSuchEventException(glob, suggestions(glob, types));
      }
    }
    return new EventGlobs(text, types);
  }

  /** Whether events of this type are meant. Any thread may ask. */
  public boolean selects(String type) {
    Boolean answer = known.get(type);
    return answer != null ? answer : anyMatch(type);
  }

  /** As they were given. */
  @Override
  public String toString() {
    return text;
  }

  private boolean anyMatch(String type) {
    return globs.stream().anyMatch(glob -> matches(glob, type));
  }

  private static List<String> split(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Greedy with one point to return to: the last star. */
  static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int afterStar = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        afterStar = n;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++afterStar;
      } else {
        return false;
      }
    }
    return glob.substring(g).chars().allMatch(c -> c == '*');
  }

  /** Types and families that look like the glob; all families when none does. */
  private static List<String> suggestions(String glob, Collection<String> types) {
    List<String> families =
        types.stream().map(type -> type.replaceFirst("\\..*", ".*")).distinct().sorted().toList();
    int near = Math.max(2, glob.length() / 3);
    List<String> close =
        Stream.concat(families.stream(), types.stream())
            .filter(name -> distance(glob, name) <= near)
            .sorted(
                Comparator.comparingInt((String name) -> distance(glob, name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(3)
            .toList();
    return close.isEmpty() ? families : close;
  }

  /** How many characters must be put in, taken out or changed to make one of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
