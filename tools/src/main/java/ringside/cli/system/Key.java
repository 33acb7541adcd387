package ringside.cli.system;

/**
 * A key of a description: everything there is to know about it.
 *
 * @param fallback value when it is absent; null when it must be there
 * @param doc one sentence for {@code ringside doc system}
 * @param <T> what its values become
 */
record Key<T>(String name, ValueType<T> type, T fallback, String doc) {
  boolean required() {
    return fallback == null;
  }

  /** The fallback as one would write it. */
  String showFallback() {
    return required() ? "required" : type.show(fallback);
  }
}
