package ringside.analysis;

/**
 * A field with its meaning.
 *
 * @param text for people
 * @param json a Boolean, Long, BigInteger, String, or a List of DecodedField for what has parts
 */
public record DecodedField(String name, String text, Object json) {
  @Override
  public String toString() {
    return name + "=" + text;
  }
}
