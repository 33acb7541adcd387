package ringside.cli.system;

import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import ringside.cli.Suggestion;

/** Turns TOML text into a {@link RawSystem}: the form of the file, not the sense of its values. */
final class TomlReader {
  private static final String DOMAIN = "domain";
  private static final String DEVICE = "device";

  private final String file;
  private final List<Problem> problems;

  TomlReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Null when the text is not TOML; the problems say why. */
  RawSystem read(String text) {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      toml.errors().forEach(e -> problem(at(e.position()), e.getMessage(), ""));
      return null;
    }
    RawSystem system = new RawSystem(Where.whole(file));
    for (String key : toml.keySet()) {
      Where where = at(toml.inputPositionOf(List.of(key)));
      Object value = toml.get(List.of(key));
      switch (key) {
        case DOMAIN -> tables(key, value, where, system.domains());
        case DEVICE -> tables(key, value, where, system.devices());
        default -> {
          if (value instanceof TomlTable || isTables(value)) {
            problem(
                where,
                "unknown table \"" + key + "\"",
                Suggestion.hint(key, List.of(DOMAIN, DEVICE)));
          } else {
            system.top().put(key, value, where);
          }
        }
      }
    }
    return system;
  }

  private static boolean isTables(Object value) {
    return value instanceof TomlArray array
        && !array.isEmpty()
        && array.get(0) instanceof TomlTable;
  }

  private void tables(String key, Object value, Where where, List<RawTable> into) {
    if (!isTables(value)) {
      problem(where, "\"" + key + "\" must be a list of tables", "write [[" + key + "]]");
      return;
    }
    TomlArray array = (TomlArray) value;
    for (int i = 0; i < array.size(); i++) {
      TomlTable table = array.getTable(i);
      RawTable raw = new RawTable(at(array.inputPositionOf(i)));
      for (String name : table.keySet()) {
        Object entry = table.get(List.of(name));
        raw.put(name, entry, at(table.inputPositionOf(List.of(name))));
      }
      into.add(raw);
    }
  }

  private Where at(TomlPosition position) {
    return position == null
        ? Where.whole(file)
        : new Where(file, position.line(), position.column());
  }

  private void problem(Where where, String message, String hint) {
    problems.add(new Problem(where, message, hint));
  }
}
