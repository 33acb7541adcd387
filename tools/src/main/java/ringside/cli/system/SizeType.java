package ringside.cli.system;

import ringside.cli.ByteSize;

/** A size in bytes, like "256M". */
record SizeType() implements ValueType<Long> {
  @Override
  public String describe() {
    return "size in bytes: number and K, M, G or T";
  }

  @Override
  public Long fromToml(Object value) {
    if (value instanceof String text) {
      return fromText(text);
    }
    throw new IllegalArgumentException("must be a size in quotes, like \"256M\"");
  }

  @Override
  public Long fromText(String text) {
    return ByteSize.parse(text);
  }

  @Override
  public String show(Long value) {
    return '"' + ByteSize.text(value) + '"';
  }
}
