package ringside.cli.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts what one guest writes into lines that are safe to show: control characters that could move
 * about on a terminal appear as {@code ^X}, bytes that are no UTF-8 as U+FFFD.
 *
 * <p>Invariant: it holds back at most {@link #MAX_LINE} bytes; a longer line is shown in pieces.
 */
final class ConsoleLines {
  static final int MAX_LINE = 4096;

  private final Consumer<String> line;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  ConsoleLines(Consumer<String> line) {
    this.line = line;
  }

  void write(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n') {
        emit();
      } else {
        pending.write(b);
        if (pending.size() == MAX_LINE) {
          emit();
        }
      }
    }
  }

  /** The guest writes no more: shows a line that it did not end. */
  void end() {
    if (pending.size() > 0) {
      emit();
    }
  }

  private void emit() {
    String text = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    line.accept(printable(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
  }

  static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> {
              if (c >= ' ' && c != 0x7f && (c < 0x80 || c > 0x9f) || c == '\t') {
                shown.append((char) c);
              } else {
                shown.append('^').append(c < 0x20 ? (char) (c + 0x40) : '?');
              }
            });
    return shown.toString();
  }
}
