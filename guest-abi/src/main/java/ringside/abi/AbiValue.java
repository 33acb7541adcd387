package ringside.abi;

/**
 * A decoded field.
 *
 * @param name its path from the outermost structure, such as {@code source.u.ref} or {@code
 *     time[2]}
 * @param value sign-extended for signed types; 0 for text
 * @param text for people: a symbolic name, a decimal or hexadecimal number, or quoted text
 */
public record AbiValue(String name, long value, String text) {
  @Override
  public String toString() {
    return name + "=" + text;
  }
}
