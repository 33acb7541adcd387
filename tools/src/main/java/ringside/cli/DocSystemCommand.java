package ringside.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ringside.cli.system.KeyDoc;

/** The keys of a system description. */
@Command(
    name = "system",
    description = "The keys of a system description.",
    mixinStandardHelpOptions = true)
final class DocSystemCommand implements Runnable {
  private final Ringside ringside;

  @Mixin private FormatOption format;

  private record KeysJson(List<KeyDoc> keys) {}

  DocSystemCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    PrintWriter out = ringside.terminal().out();
    if (format.json()) {
      out.println(Json.text(new KeysJson(KeyDoc.all())));
      return;
    }
    out.println("A system description is a TOML file. Its keys, with their values and defaults:");
    String table = null;
    for (KeyDoc key : KeyDoc.all()) {
      if (!key.table().equals(table)) {
        table = key.table();
        out.println();
        out.println(table);
      }
      out.println("  %-18s  %s; %s".formatted(key.key(), key.values(), key.fallback()));
      out.println(" ".repeat(22) + key.meaning());
    }
  }
}
