package ringside.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What guests write, made safe to show. */
class ConsoleLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final ConsoleLines console = new ConsoleLines(lines::add);

  private void write(String text) {
    console.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesComeWholeHoweverTheyAreWritten() {
    write("one\r\ntw");
    assertEquals(List.of("one"), lines);
    write("o\n\n");
    assertEquals(List.of("one", "two", ""), lines);
  }

  @Test
  void aLineWithoutAnEndIsShownWhenTheGuestStops() {
    write("half");
    console.end();
    console.end();
    assertEquals(List.of("half"), lines);
  }

  @Test
  void aGuestCannotSteerTheTerminal() {
    write("a\u001b[2Jb\u0007\u009bc\n");
    assertEquals(List.of("a^[[2Jb^G^?c"), lines);
  }

  @Test
  void aLineWithoutEndIsCutIntoPieces() {
    write("x".repeat(3 * ConsoleLines.MAX_LINE + 1));
    assertEquals(3, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() == ConsoleLines.MAX_LINE));
  }

  @Test
  void bytesThatAreNoTextAppearAsReplacements() {
    console.write(new byte[] {'a', (byte) 0xff, 'b', '\n'});
    assertEquals(List.of("a\ufffdb"), lines);
  }
}
