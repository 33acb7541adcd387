package ringside.cli.system;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/**
 * A list of what is written as text.
 *
 * @param form of the list in words, for people
 * @param example of one, as one would write it
 * @param element makes an element of its text; throws IllegalArgumentException with what would be
 *     right
 */
record ListType<T>(String form, String example, Function<String, T> element)
    implements ValueType<ImmutableList<T>> {
  static final ListType<String> NAMES =
      new ListType<>("list of names", "[\"a\", \"b\"]", name -> name);

  @Override
  public String describe() {
    return form;
  }

  @Override
  public ImmutableList<T> fromToml(Object value) {
    if (!(value instanceof TomlArray array)
        || !array.toList().stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException("must be a " + form + ", like " + example);
    }
    return array.toList().stream()
        .map(String.class::cast)
        .map(element)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public ImmutableList<T> fromText(String text) {
    return Splitter.on(',')
        .trimResults()
        .omitEmptyStrings()
        .splitToStream(text)
        .map(element)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public String show(ImmutableList<T> value) {
    return value.stream()
        .map(each -> '"' + each.toString() + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
