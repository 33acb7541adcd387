package ringside.abi;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the table: its indentation in spaces, its words, and the quoted text at its end (empty
 * when there is none). Text in a line of its own continues the text of the line before.
 */
record AbiLine(String file, int number, int indent, List<String> words, String doc) {
  static List<AbiLine> read(String file, String text) {
    List<AbiLine> lines = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = stripComment(raw).stripTrailing();
      if (!line.isBlank()) {
        AbiLine next = parse(file, number, line);
        if (next.words.isEmpty() && !lines.isEmpty()) {
          lines.add(lines.removeLast().continued(next.doc));
        } else {
          lines.add(next);
        }
      }
    }
    return lines;
  }

  private static AbiLine parse(String file, int number, String line) {
    int indent = line.length() - line.stripLeading().length();
    int quote = line.indexOf('"');
    String doc = "";
    if (quote >= 0) {
      if (!line.endsWith("\"") || quote == line.length() - 1) {
        throw new AbiSyntaxError(file, number, "text must end with '\"' at the end of the line");
      }
      doc = line.substring(quote + 1, line.length() - 1);
    }
    String head = (quote >= 0 ? line.substring(0, quote) : line).strip();
    List<String> words = head.isEmpty() ? List.of() : List.of(head.split("\\s+"));
    return new AbiLine(file, number, indent, words, doc);
  }

  private static String stripComment(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '#' && !quoted) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private AbiLine continued(String more) {
    return new AbiLine(file, number, indent, words, doc + " " + more);
  }

  AbiSyntaxError error(String problem) {
    return new AbiSyntaxError(file, number, problem);
  }

  String word(int index) {
    if (index >= words.size()) {
      throw error("'" + words.getFirst() + "' needs more words");
    }
    return words.get(index);
  }

  /** The line as serialized: words and text, without comment. */
  String text() {
    return " ".repeat(indent) + String.join(" ", words) + (doc.isEmpty() ? "" : " \"" + doc + "\"");
  }
}
