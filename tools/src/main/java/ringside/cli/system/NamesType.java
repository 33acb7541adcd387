package ringside.cli.system;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import org.tomlj.TomlArray;

/** A list of names. */
record NamesType() implements ValueType<ImmutableList<String>> {
  @Override
  public String describe() {
    return "list of names";
  }

  @Override
  public ImmutableList<String> fromToml(Object value) {
    if (!(value instanceof TomlArray array)
        || !array.toList().stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException("must be a list of names, like [\"a\", \"b\"]");
    }
    return array.toList().stream().map(String.class::cast).collect(ImmutableList.toImmutableList());
  }

  @Override
  public ImmutableList<String> fromText(String text) {
    return ImmutableList.copyOf(Splitter.on(',').trimResults().omitEmptyStrings().split(text));
  }
}
