package ringside.abi.generate;

/** Text of a generated file, line by line. */
final class Source {
  private static final int WIDTH = 100;
  private final StringBuilder text = new StringBuilder();

  Source line(String line) {
    text.append(line.stripTrailing()).append('\n');
    return this;
  }

  Source blank() {
    text.append('\n');
    return this;
  }

  /** A comment, on one line when it fits, else wrapped at 100 columns. */
  Source comment(String indent, String open, String words) {
    String oneLine = indent + open + " " + words + " */";
    if (oneLine.length() <= WIDTH) {
      return line(oneLine);
    }
    line(indent + open);
    wrap(indent + " * ", words);
    return line(indent + " */");
  }

  /** A comment of lines that each begin with the prefix. */
  Source lineComment(String prefix, String words) {
    wrap(prefix, words);
    return this;
  }

  private void wrap(String prefix, String words) {
    StringBuilder current = new StringBuilder(prefix);
    for (String word : words.split(" ")) {
      if (current.length() + word.length() > WIDTH) {
        line(current.toString());
        current = new StringBuilder(prefix);
      }
      current.append(word).append(' ');
    }
    line(current.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
