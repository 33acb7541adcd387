package ringside.cli.system;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of a description before anything in it was checked. Values are what tomlj gives, or
 * {@link CommandLineText}.
 */
final class RawTable {
  /** A value that an option of the command line gave. */
  record CommandLineText(String text) {}

  record Entry(Object value, Where where) {}

  private final Where where;
  private final SortedMap<String, Entry> entries = new TreeMap<>();

  RawTable(Where where) {
    this.where = where;
  }

  /** Where the table begins. */
  Where where() {
    return where;
  }

  SortedMap<String, Entry> entries() {
    return entries;
  }

  /** Sets a key, or replaces what it was. */
  void put(String key, Object value, Where at) {
    entries.put(key, new Entry(value, at));
  }

  /** The domain's name if it has a usable one, else empty. */
  String name() {
    Entry entry = entries.get(Keys.NAME.name());
    return entry != null && entry.value() instanceof String name ? name : "";
  }
}
