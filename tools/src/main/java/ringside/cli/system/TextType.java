package ringside.cli.system;

import java.util.regex.Pattern;

/**
 * Text of a certain form.
 *
 * @param form in words, for people
 */
record TextType(String form, Pattern pattern) implements ValueType<String> {
  static final TextType ANY = new TextType("text", Pattern.compile("[^\\x00]*"));

  /** What domains and systems may be called: fits a console prefix and a file name. */
  static final TextType NAME =
      new TextType(
          "name of letters, digits, '-', '_', '.', at most 32",
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}"));

  @Override
  public String describe() {
    return form;
  }

  @Override
  public String fromToml(Object value) {
    if (value instanceof String text) {
      return fromText(text);
    }
    throw new IllegalArgumentException("must be a " + form + " in quotes");
  }

  @Override
  public String fromText(String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no " + form);
    }
    return text;
  }

  @Override
  public String show(String value) {
    return "\"" + value + "\"";
  }
}
