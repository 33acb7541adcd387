package ringside.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.RegionReport;
import ringside.cpu.jvm.translate.TranslatorReport;

/** What the translator did during a run. */
@Command(
    name = "stats",
    description = "Run a system on our own CPU engine, and say what was translated.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A tick is a byte of executed code. A region is a function with what it calls, or a loop,",
      "translated to one method; it is left when the budget of the run ends, for code elsewhere,",
      "indirect to it, for an access that is no plain memory, for an instruction that only the",
      "interpreter executes, or on request."
    })
final class EngineStatsCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(paramLabel = "SYSTEM", description = "As for ringside boot.")
  private String system;

  @Option(names = "--top", paramLabel = "N", description = "Regions to list; default 20.")
  private int top = 20;

  @Mixin private PcpusOption pcpus;

  @Mixin private FormatOption format;

  EngineStatsCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    try (JvmEngine engine = new JvmEngine(Background.translators(), System::nanoTime)) {
      EngineRun.of(ringside, system, engine, pcpus.of(engine));
      TranslatorReport report = engine.translations().report();
      if (format.json()) {
        ringside.terminal().out().println(Json.text(report));
      } else {
        print(report);
      }
    }
  }

  private void print(TranslatorReport r) {
    long share = r.ticks() == 0 ? 0 : 100 * r.translatedTicks() / r.ticks();
    Table table = new Table("what", "count>");
    table.row("ticks", r.ticks());
    table.row("of these in regions", r.translatedTicks() + " (" + share + " %)");
    table.row("regions asked for", r.requests());
    table.row("regions made", r.regions());
    table.row("instructions in them", r.instructions());
    table.row("bytes of bytecode", r.bytecode());
    table.row("found made by another", r.hits());
    table.row("given up for newer ones", r.dropped());
    table.row("let go: code changed", r.invalidations());
    r.left().forEach((why, count) -> table.row("left: " + why, count));
    ringside.terminal().out().println(table);
    ringside.terminal().out().println();
    ringside.terminal().out().println(regions(r.kept()));
  }

  private Table regions(List<RegionReport> all) {
    Table table =
        new Table(
            "region>",
            "begins>",
            "memory",
            "blocks>",
            "insns>",
            "bytecode>",
            "entries>",
            "ticks>",
            "left");
    all.stream()
        .limit(top)
        .forEach(
            r ->
                table.row(
                    r.rip(),
                    r.begins(),
                    r.memory(),
                    r.blocks(),
                    r.instructions(),
                    r.bytecode(),
                    r.entries(),
                    r.ticks(),
                    text(r.left())));
    return table;
  }

  private static String text(Map<String, Long> left) {
    return left.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
