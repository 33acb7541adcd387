package ringside.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link HypercallPage} as text for a terminal, plain ASCII. */
public final class HypercallText {
  private static final int COLUMNS = 100;
  private final StringBuilder out = new StringBuilder();

  private HypercallText() {}

  /** The page, ending with a newline. */
  public static String render(HypercallPage page) {
    HypercallText text = new HypercallText();
    text.page(page);
    return text.out.toString().stripTrailing() + '\n';
  }

  private void page(HypercallPage page) {
    line("HYPERVISOR_" + page.name() + " - hypercall " + page.number());
    wrapped("  ", page.summary());
    heading("PROTOTYPE");
    line("  " + page.prototype());
    arguments(page);
    heading("RESULT");
    page.unsupported()
        .ifPresentOrElse(e -> unsupported("  ", e), () -> wrapped("  ", result(page.result())));
    if (!page.errors().isEmpty()) {
      heading(page.operations().isEmpty() ? "ERRORS" : "ERRORS OF EVERY OPERATION");
      errors("  ", page.errors());
    }
    if (!page.operations().isEmpty()) {
      heading("OPERATIONS");
      page.operations().forEach(this::operation);
    }
    if (!page.structures().isEmpty()) {
      heading("STRUCTURES, offsets and sizes in bytes for 64-bit and 32-bit callers");
      page.structures().forEach(this::structure);
    }
    if (!page.constants().isEmpty()) {
      heading("CONSTANTS");
      page.constants().forEach(this::constants);
    }
  }

  private static String result(String result) {
    return result + ", or a negative error.";
  }

  private void arguments(HypercallPage page) {
    heading("ARGUMENTS");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "type", "64-bit", "32-bit", "meaning"));
    rows.add(List.of("(number)", "u32", "eax", "eax", Integer.toString(page.number())));
    for (HypercallPage.Argument a : page.arguments()) {
      rows.add(
          List.of(
              a.name(),
              a.type(),
              String.join(":", a.registers64()),
              String.join(":", a.registers32()),
              meaning(a.meaning(), a.group())));
    }
    rows.add(List.of("(result)", "long", "rax", "eax", ""));
    table("  ", rows);
  }

  private static String meaning(String meaning, Optional<String> group) {
    return group.map(g -> meaning.isEmpty() ? g : meaning + " (" + g + ")").orElse(meaning);
  }

  private void operation(HypercallPage.Operation op) {
    line("  " + op.name() + " (" + op.number() + ")");
    wrapped("      ", op.summary());
    op.argument().ifPresent(a -> line("      argument: " + a));
    if (op.unsupported().isPresent()) {
      unsupported("      ", op.unsupported().get());
    } else if (!op.result().equals("0")) {
      line("      returns: " + op.result());
    }
    errors("      ", op.errors());
    line("");
  }

  private void unsupported(String indent, AbiError error) {
    wrapped(indent, "Always -" + error.errno() + " in Ringside. " + error.reason());
  }

  private void errors(String indent, List<AbiError> errors) {
    table(indent, errors.stream().map(e -> List.of("-" + e.errno(), e.reason())).toList());
  }

  private void structure(HypercallPage.Structure struct) {
    line("  struct " + struct.name() + ": " + struct.size64() + " / " + struct.size32());
    wrapped("      ", struct.meaning());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("at 64", "at 32", "size", "dir", "type", "name", "meaning"));
    for (HypercallPage.Field f : struct.fields()) {
      String size = f.size64() == f.size32() ? "" + f.size64() : f.size64() + "/" + f.size32();
      rows.add(
          List.of(
              f.offset64().map(o -> "" + o).orElse("-"),
              f.offset32().map(o -> "" + o).orElse("-"),
              size,
              f.direction(),
              f.type(),
              f.name(),
              meaning(f.meaning(), f.group())));
    }
    table("      ", rows);
    line("");
  }

  private void constants(AbiConstantGroup group) {
    wrapped("  ", group.name() + ": " + group.doc());
    table(
        "      ",
        group.constants().stream().map(c -> List.of(c.name(), c.literal(), c.doc())).toList());
    line("");
  }

  private void heading(String heading) {
    if (!out.toString().endsWith("\n\n")) {
      line("");
    }
    line(heading);
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  /** Columns as wide as their widest cell; the last one is wrapped. */
  private void table(String indent, List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder head = new StringBuilder(indent);
      for (int i = 0; i < columns - 1; i++) {
        head.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
      }
      wrapped(head.toString(), row.getLast());
    }
  }

  /** Text after a head; further lines are indented as far as the head is long. */
  private void wrapped(String head, String text) {
    StringBuilder current = new StringBuilder(head);
    for (String word : text.split(" ")) {
      boolean empty = current.length() == head.length();
      if (!empty && current.length() + word.length() > COLUMNS) {
        line(current.toString());
        current = new StringBuilder(" ".repeat(head.length()));
      }
      current.append(word).append(' ');
    }
    line(current.toString());
  }
}
