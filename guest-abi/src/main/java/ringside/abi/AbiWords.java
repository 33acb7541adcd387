package ringside.abi;

/** The words of one line, taken from left to right. */
final class AbiWords {
  private final AbiLine line;
  private int next;

  AbiWords(AbiLine line, int first) {
    this.line = line;
    this.next = first;
  }

  String take() {
    return line.word(next++);
  }

  boolean more() {
    return next < line.words().size();
  }

  int left() {
    return line.words().size() - next;
  }

  /** Takes the word if it is the next one. */
  boolean takeIf(String word) {
    boolean found = more() && line.word(next).equals(word);
    next += found ? 1 : 0;
    return found;
  }

  void end() {
    if (more()) {
      throw line.error("unexpected '" + line.word(next) + "'");
    }
  }
}
