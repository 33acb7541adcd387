package ringside.volume;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a volume, as far as somebody is going to read it. */
final class Problems {
  private static final int MOST = 50;

  private final List<String> texts = new ArrayList<>();

  void add(String format, Object... arguments) {
    if (texts.size() < MOST) {
      texts.add(format.formatted(arguments));
    }
  }

  void unless(boolean good, String format, Object... arguments) {
    if (!good) {
      add(format, arguments);
    }
  }

  void differs(String what, long is, long counted) {
    unless(is == counted, "%s: %d, but %d are counted", what, is, counted);
  }

  ImmutableList<String> texts() {
    return ImmutableList.copyOf(texts);
  }
}
