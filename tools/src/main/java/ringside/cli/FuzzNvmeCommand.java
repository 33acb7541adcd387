package ringside.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import ringside.fuzz.nvme.NvmeFuzzer;

/** The NVMe controller against what NVM Express allows. */
@Command(
    name = "nvme",
    description = "Drive the NVMe controller well and badly; compare it with the specification.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A step is a command, a doorbell, a register, a mask, a reset, a shutdown, a power cut or",
      "time. The same seed does the same. What is found is shrunk to few steps and shown with the",
      "seed that finds it again. The table says what was tried, and how often it ended in what",
      "way. Exit code: 0 nothing found, 1 the controller is wrong."
    })
final class FuzzNvmeCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Option(names = "--steps", paramLabel = "N", description = "How many; default 100000.")
  private long steps = 100_000;

  @Option(names = "--seed", paramLabel = "N", description = "Where chance begins; default 1.")
  private long seed = 1;

  @Mixin private FormatOption format;

  private record FuzzJson(
      long seed,
      long steps,
      long commands,
      double seconds,
      Map<String, ? extends Map<String, Long>> coverage,
      String failure,
      long failureSeed,
      List<String> log) {}

  FuzzNvmeCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() {
    if (steps < 1) {
      throw new UserError("--steps must be at least 1", "");
    }
    ringside.running(seed);
    long begin = System.nanoTime();
    NvmeFuzzer.Report report = run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (format.json()) {
      ringside.terminal().out().println(Json.text(json(report, seconds)));
    } else {
      print(report, seconds);
    }
    return report.failure().isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
  }

  private NvmeFuzzer.Report run() {
    try (Progress progress = new Progress(ringside, "steps", steps)) {
      return NvmeFuzzer.run(seed, steps, progress::at);
    }
  }

  private FuzzJson json(NvmeFuzzer.Report report, double seconds) {
    return new FuzzJson(
        seed,
        report.steps(),
        report.commands(),
        seconds,
        report.coverage(),
        report.failure().map(NvmeFuzzer.Failure::message).orElse(null),
        report.failure().map(NvmeFuzzer.Failure::seed).orElse(0L),
        report.failure().<List<String>>map(NvmeFuzzer.Failure::log).orElse(List.of()));
  }

  /** What was tried, so that one sees what was not. */
  private static Table table(NvmeFuzzer.Report report) {
    Table table = new Table("what", "times>", "of that");
    report
        .coverage()
        .forEach(
            (group, members) ->
                table.row(
                    group,
                    members.values().stream().mapToLong(Long::longValue).sum(),
                    members.entrySet().stream()
                        .map(member -> member.getKey() + " " + member.getValue())
                        .collect(Collectors.joining(", "))));
    return table;
  }

  private void print(NvmeFuzzer.Report report, double seconds) {
    PrintWriter out = ringside.terminal().out();
    report
        .failure()
        .ifPresent(
            failure -> {
              failure.log().forEach(line -> out.println("  " + line));
              out.println("wrong: " + failure.message());
              out.println(
                  "again: ringside fuzz nvme --steps %d --seed %d"
                      .formatted(NvmeFuzzer.EPISODE, failure.seed()));
            });
    out.println(table(report));
    out.println(
        "%d steps, %d commands completed, %s; seed %d, %.1f s"
            .formatted(
                report.steps(),
                report.commands(),
                report.failure().isEmpty() ? "nothing wrong" : "1 divergence",
                seed,
                seconds));
  }
}
