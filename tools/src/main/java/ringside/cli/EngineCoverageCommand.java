package ringside.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import ringside.cli.compare.TableCoverage;
import ringside.cli.compare.TableCoverage.Row;
import ringside.cli.compare.TableCoverage.Who;

/** What of the instruction table the engine executes. */
@Command(
    name = "coverage",
    description = "Say which instructions the engine of our own executes, and how.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "translator: translated code does it; partly: for some operands; interpreter: translated"
          + " code",
      "calls the interpreter; legacy: the interpreter, outside 64-bit mode only; nobody: #UD."
    })
final class EngineCoverageCommand implements Runnable {
  private final Ringside ringside;

  @Option(names = "--only", paramLabel = "WHO", description = "Rows of these only.")
  private Who only;

  @Mixin private FormatOption format;

  private record CoverageJson(Map<Who, Long> totals, List<Row> rows) {}

  EngineCoverageCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    List<Row> all = TableCoverage.rows();
    Map<Who, Long> totals =
        all.stream().collect(Collectors.groupingBy(Row::who, TreeMap::new, Collectors.counting()));
    List<Row> rows = all.stream().filter(row -> only == null || row.who() == only).toList();
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new CoverageJson(totals, rows)));
      return;
    }
    Table table = new Table("opcode", "instruction", "operands", "who");
    for (Row row : rows) {
      table.row(row.opcode(), row.mnemonic(), row.operands(), lower(row.who()));
    }
    ringside.terminal().out().println(table);
    ringside
        .terminal()
        .out()
        .println(
            totals.entrySet().stream()
                .map(e -> lower(e.getKey()) + " " + e.getValue())
                .collect(Collectors.joining(", ", all.size() + " rows: ", "")));
  }

  private static String lower(Who who) {
    return who.name().toLowerCase(Locale.ROOT);
  }
}
