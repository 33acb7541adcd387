package ringside.cli.system;

import ringside.cli.Duration;

/** A span of virtual time, like "20ms"; becomes nanoseconds. */
record DurationType() implements ValueType<Long> {
  @Override
  public String describe() {
    return "span of time: number and ns, us, ms or s";
  }

  @Override
  public Long fromToml(Object value) {
    if (value instanceof String text) {
      return fromText(text);
    }
    throw new IllegalArgumentException("must be a span of time in quotes, like \"20ms\"");
  }

  @Override
  public Long fromText(String text) {
    return Duration.parse(text);
  }

  @Override
  public String show(Long value) {
    return value == 0 ? "0s" : value + "ns";
  }
}
