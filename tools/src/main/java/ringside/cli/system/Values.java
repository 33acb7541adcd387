package ringside.cli.system;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ringside.cli.Suggestion;

/**
 * The checked values of one table, by key.
 *
 * <p>Invariant: a value under a key was made by that key's type, or is its fallback.
 */
final class Values {
  private final Where table;
  private final ImmutableMap<Key<?>, Object> values;
  private final ImmutableMap<Key<?>, Where> places;

  private Values(Where table, Map<Key<?>, Object> values, Map<Key<?>, Where> places) {
    this.table = table;
    this.values = ImmutableMap.copyOf(values);
    this.places = ImmutableMap.copyOf(places);
  }

  /**
   * Checks a table against its keys. A required key that is missing or wrong leaves no value, see
   * {@link #has}; another that is wrong leaves its fallback.
   *
   * @param heading of the table in the file, for messages; empty for the file's own keys
   */
  static Values check(RawTable raw, String heading, List<Key<?>> keys, List<Problem> problems) {
    Map<Key<?>, Object> values = new HashMap<>();
    Map<Key<?>, Where> places = new HashMap<>();
    for (Key<?> key : keys) {
      RawTable.Entry entry = raw.entries().get(key.name());
      Object value = null;
      if (entry != null) {
        places.put(key, entry.where());
        value = convert(key, entry, problems);
      } else if (key.required()) {
        problems.add(
            new Problem(
                raw.where(),
                heading + " has no \"" + key.name() + "\"",
                "add " + key.name() + " = (" + key.type().describe() + ")"));
      }
      if (value != null || !key.required()) {
        values.put(key, value != null ? value : key.fallback());
      }
    }
    reportUnknown(raw, heading, keys, problems);
    return new Values(raw.where(), values, places);
  }

  private static <T> T convert(Key<T> key, RawTable.Entry entry, List<Problem> problems) {
    try {
      return entry.value() instanceof RawTable.CommandLineText(String text)
          ? key.type().fromText(text)
          : key.type().fromToml(entry.value());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(entry.where(), key.name() + ": " + e.getMessage(), ""));
      return null;
    }
  }

  private static void reportUnknown(
      RawTable raw, String heading, List<Key<?>> keys, List<Problem> problems) {
    List<String> names = keys.stream().map(Key::name).toList();
    raw.entries()
        .forEach(
            (name, entry) -> {
              if (!names.contains(name)) {
                problems.add(
                    new Problem(
                        entry.where(),
                        "unknown key \""
                            + name
                            + "\""
                            + (heading.isEmpty() ? "" : " in ")
                            + heading,
                        Suggestion.hint(name, names)));
              }
            });
  }

  boolean has(Key<?> key) {
    return values.containsKey(key);
  }

  /** The value, or the key's fallback. */
  @SuppressWarnings("unchecked") // the invariant
  <T> T get(Key<T> key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key.name() + " has no value");
    }
    return (T) value;
  }

  int integer(Key<Long> key) {
    return Math.toIntExact(get(key));
  }

  /** Where the key was given, else where its table begins. */
  Where where(Key<?> key) {
    return places.getOrDefault(key, table);
  }

  /** All values in a fixed form, for a hash. */
  String canonical(List<Key<?>> keys) {
    return keys.stream()
        .filter(this::has)
        .map(key -> key.name() + "=" + values.get(key))
        .collect(Collectors.joining("\n"));
  }
}
