package ringside.cli.run;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What one guest writes, passed on as it comes: a prompt is seen before its line ends. As safe to
 * show as {@link ConsoleLines}; a carriage return is dropped.
 *
 * <p>Invariant: only the beginning of a character whose rest is still to come is held back.
 */
final class ConsoleText {
  private final Consumer<String> text;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);

  ConsoleText(Consumer<String> text) {
    this.text = text;
  }

  void write(byte[] bytes) {
    ByteBuffer all = ByteBuffer.allocate(rest.remaining() + bytes.length).put(rest).put(bytes);
    CharBuffer chars = CharBuffer.allocate(all.flip().remaining());
    decoder.decode(all, chars, false);
    rest = all;
    StringBuilder shown = new StringBuilder();
    String decoded = chars.flip().toString().replace("\r", "");
    for (String line : decoded.split("(?<=\n)")) {
      boolean ends = line.endsWith("\n");
      shown.append(ConsoleLines.printable(ends ? line.substring(0, line.length() - 1) : line));
      shown.append(ends ? "\n" : "");
    }
    text.accept(shown.toString());
  }
}
