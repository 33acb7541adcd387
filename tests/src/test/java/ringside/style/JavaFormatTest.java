package ringside.style;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file is as google-java-format writes it. */
class JavaFormatTest {
  @Test
  void javaFilesAreFormatted() throws FormatterException {
    Formatter formatter = new Formatter();
    List<String> wrong = new ArrayList<>();
    for (Path file : Sources.ending(".java")) {
      String text = Sources.text(file);
      if (!formatter.formatSourceAndFixImports(text).equals(text)) {
        wrong.add(file.toString());
      }
    }
    assertEquals(List.of(), wrong, "not formatted; run: tools/ringside dev fmt");
  }
}
