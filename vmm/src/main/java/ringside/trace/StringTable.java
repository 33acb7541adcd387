package ringside.trace;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The writer's strings. A string is defined in the file before its index is given out. Names always
 * get an index; texts only while they are short and the table is small, so that what guests print
 * cannot fill the host's memory.
 */
final class StringTable {
  private static final int MAX_TEXT = 64;
  private static final int MAX_TEXTS = 1 << 16;

  private final Map<String, Integer> indexes = new HashMap<>();
  private final BiConsumer<Integer, byte[]> define;

  StringTable(BiConsumer<Integer, byte[]> define) {
    this.define = define;
  }

  int index(String string) {
    Integer index = indexes.get(string);
    return index != null ? index : add(string);
  }

  /** The index of a text, or 0 when it has to stand where it is used. */
  int indexForText(String text) {
    Integer index = indexes.get(text);
    if (index != null) {
      return index;
    }
    return text.length() <= MAX_TEXT && indexes.size() < MAX_TEXTS ? add(text) : 0;
  }

  private int add(String string) {
    int index = indexes.size() + 1;
    indexes.put(string, index);
    define.accept(index, string.getBytes(StandardCharsets.UTF_8));
    return index;
  }
}
