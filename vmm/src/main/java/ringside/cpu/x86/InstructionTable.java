package ringside.cpu.x86;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The rows of {@code instructions.tbl}, in its order. The head of that file is the manual.
 *
 * <p>A row that cannot be read is a mistake of ours: {@link IllegalArgumentException} when the
 * class is loaded.
 */
public final class InstructionTable {
  private static final List<Form> FORMS = load();

  private InstructionTable() {}

  /** Every encoding of the processor. */
  public static List<Form> forms() {
    return FORMS;
  }

  private static List<Form> load() {
    List<Form> forms = new ArrayList<>(1000);
    String text = text();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end > at && text.charAt(at) != '#') {
        forms.add(row(text.substring(at, end)));
      }
      at = end + 1;
    }
    return Collections.unmodifiableList(forms);
  }

  private static String text() {
    try (InputStream in = InstructionTable.class.getResourceAsStream("instructions.tbl")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("instructions.tbl", e);
    }
  }

  private static Form row(String line) {
    int semicolon = line.indexOf(';');
    String attributes = semicolon < 0 ? "" : line.substring(semicolon + 1).trim();
    StringTokenizer words =
        new StringTokenizer(semicolon < 0 ? line : line.substring(0, semicolon), " ");
    Mnemonic mnemonic = Mnemonic.valueOf(words.nextToken());
    String operands = words.nextToken();
    StringBuilder opcode = new StringBuilder(words.nextToken());
    while (words.hasMoreTokens()) {
      opcode.append(' ').append(words.nextToken());
    }
    return new Form(opcode.toString(), mnemonic, operands.equals("-") ? "" : operands, attributes);
  }
}
