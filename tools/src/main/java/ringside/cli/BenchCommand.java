package ringside.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.bench.BenchResult;
import ringside.cli.bench.Benchmark;
import ringside.cli.bench.Benchmarks;
import ringside.cli.bench.RingProcesses;
import ringside.cli.bench.Sample;
import ringside.cli.bench.StorageParallel;
import ringside.cpu.Engine;

/** Measures on this host. */
@Command(
    name = "bench",
    description =
        "Measure hypercalls, events, grants, boot time, memory, storage and the CPU on this host.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Only benchmarks whose names contain one of these; default all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--quick", description = "Fewer and shorter samples.")
  private boolean quick;

  @Option(names = "--engine", paramLabel = "NAME", description = Engines.HELP)
  private String engineName = Engines.DEFAULT;

  @Option(names = "--storage-turns", paramLabel = "PATH", hidden = true)
  private String storageTurns;

  @Option(names = "--rings-process", hidden = true)
  private boolean ringsProcess;

  @Mixin private PcpusOption pcpus;
  @Mixin private FormatOption format;

  BenchCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    if (storageTurns != null) {
      takeTurns();
      return;
    }
    if (ringsProcess) {
      runRings();
      return;
    }
    List<Benchmark> chosen = Benchmarks.ALL.stream().filter(this::wanted).toList();
    if (chosen.isEmpty()) {
      throw new UserError(
          "no benchmark's name contains " + String.join(" or ", names),
          "there are: "
              + Benchmarks.ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
    }
    List<Sample> results = new ArrayList<>();
    try (Engine engine = Engines.create(engineName)) {
      for (Benchmark benchmark : on(pcpus.of(engine), chosen)) {
        ringside.progress("measuring: " + benchmark.name());
        results.addAll(benchmark.run(engine, quick));
      }
      print(engine, results);
    }
  }

  /** As a process of the benchmark that compares pCPUs. */
  private void takeTurns() {
    Terminal terminal = ringside.terminal();
    try (Engine engine = Engines.create(engineName)) {
      StorageParallel.turns(
          engine, storageTurns, quick, pcpus.of(engine), terminal.in(), terminal.out());
    }
  }

  /** As a process of the benchmark that compares rings. */
  private void runRings() {
    try (Engine engine = Engines.create(engineName)) {
      print(engine, RingProcesses.one(engine, quick, pcpus.of(engine)));
    }
  }

  private static List<Benchmark> on(int pcpus, List<Benchmark> chosen) {
    if (pcpus == 1) {
      return chosen;
    }
    List<Benchmark> parallel = chosen.stream().flatMap(b -> b.on(pcpus).stream()).toList();
    if (parallel.isEmpty()) {
      throw new UserError("--pcpus: none of the benchmarks chosen is about several pCPUs");
    }
    return parallel;
  }

  private boolean wanted(Benchmark benchmark) {
    return names.isEmpty() || names.stream().anyMatch(benchmark.name()::contains);
  }

  private void print(Engine engine, List<Sample> results) {
    BenchResult json =
        new BenchResult(
            "ringside bench" + (quick ? " --quick" : "") + pcpus.text(),
            Versions.ringside(),
            engine.name(),
            engine.version(),
            Versions.host(),
            Runtime.getRuntime().availableProcessors(),
            results);
    if (format.json()) {
      ringside.terminal().out().println(Json.text(json));
      return;
    }
    Table table = new Table("benchmark", "median>", "unit", "quartiles", "samples>", "what");
    for (Sample s : results) {
      table.row(
          s.name(),
          s.values().isEmpty() ? "-" : number(s.median()),
          s.unit(),
          s.values().isEmpty() ? "-" : number(s.low()) + " to " + number(s.high()),
          s.values().size(),
          s.how());
    }
    ringside.terminal().out().println(table);
    ringside.terminal().out().println();
    ringside
        .terminal()
        .out()
        .println(
            "%s; ringside %s, %s; %s, %d processors"
                .formatted(
                    json.command(),
                    json.version(),
                    json.engineVersion(),
                    json.host(),
                    json.processors()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%.0f", value);
  }
}
