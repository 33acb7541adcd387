package ringside.cli.system;

/** A whole number in a range, both ends included. */
record IntegerType(long min, long max) implements ValueType<Long> {
  @Override
  public String describe() {
    return max == Long.MAX_VALUE ? "integer, from " + min : "integer, " + min + " to " + max;
  }

  @Override
  public Long fromToml(Object value) {
    if (!(value instanceof Long number)) {
      throw new IllegalArgumentException("must be an " + describe());
    }
    if (number < min || number > max) {
      throw new IllegalArgumentException(number + " is out of range: " + describe());
    }
    return number;
  }

  @Override
  public Long fromText(String text) {
    try {
      return fromToml(Long.decode(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no " + describe(), e);
    }
  }
}
