package ringside.cli.system;

/**
 * What values a key takes.
 *
 * @param <T> what they become
 */
interface ValueType<T> {
  /** For people: {@code integer, 2 to 16384}. */
  String describe();

  /**
   * A value from a TOML file: a String, Long, Double, Boolean, TomlArray, or another type of tomlj.
   *
   * @throws IllegalArgumentException with what would be right, when it does not fit
   */
  T fromToml(Object value);

  /**
   * A value from the command line.
   *
   * @throws IllegalArgumentException with what would be right, when it does not fit
   */
  T fromText(String text);

  /** As one would write it in a file. */
  default String show(T value) {
    return value.toString();
  }
}
