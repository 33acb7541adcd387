package ringside.cli.system;

import com.google.common.collect.ImmutableList;

/**
 * What {@code ringside doc system} says about a key.
 *
 * @param table heading of the table that the key stands in
 * @param fallback "required", or "default" and a value
 */
public record KeyDoc(String table, String key, String values, String fallback, String meaning) {
  /** All keys, table by table. */
  public static ImmutableList<KeyDoc> all() {
    ImmutableList.Builder<KeyDoc> all = ImmutableList.builder();
    Keys.SYSTEM.forEach(key -> all.add(of("(top of the file)", key)));
    Keys.DOMAIN.forEach(key -> all.add(of("[[domain]]", key)));
    Keys.DEVICE.forEach(key -> all.add(of("[[device]]", key)));
    return all.build();
  }

  private static <T> KeyDoc of(String table, Key<T> key) {
    String fallback = key.required() ? "required" : "default " + key.type().show(key.fallback());
    return new KeyDoc(table, key.name(), key.type().describe(), fallback, key.doc());
  }
}
