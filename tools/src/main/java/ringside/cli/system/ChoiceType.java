package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.stream.Stream;
import ringside.cli.Suggestion;

/** One of an enum's constants, written in lower case. */
record ChoiceType<E extends Enum<E>>(Class<E> type) implements ValueType<E> {
  @Override
  public String describe() {
    return "one of " + String.join(", ", names());
  }

  private ImmutableList<String> names() {
    return Stream.of(type.getEnumConstants())
        .map(this::show)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public E fromToml(Object value) {
    if (value instanceof String text) {
      return fromText(text);
    }
    throw new IllegalArgumentException("must be " + describe() + ", in quotes");
  }

  @Override
  public E fromText(String text) {
    for (E constant : type.getEnumConstants()) {
      if (show(constant).equals(text)) {
        return constant;
      }
    }
    String meant =
        Suggestion.nearest(text, names()).map(n -> ", did you mean \"" + n + "\"?").orElse("");
    throw new IllegalArgumentException("\"" + text + "\" is not " + describe() + meant);
  }

  @Override
  public String show(E value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
