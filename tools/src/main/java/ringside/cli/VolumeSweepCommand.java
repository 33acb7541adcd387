package ringside.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import ringside.cli.power.E2fsck;
import ringside.cli.sweep.VolumeSweep;

/** Cuts the power at every write of every short workload, in the file system built for the host. */
@Command(
    name = "volume-sweep",
    description = "Cut the power under the file system alone, in all its short workloads.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The guests' file system is built for this computer and carries out all workloads of up to",
      "three of 24 operations, then fsync, on four kinds of ext3 volumes, synced after each",
      "operation as a server does, or not. After every few writes, the states in which a power cut",
      "or the end of the program may leave the disk are mounted and compared with what the",
      "operations had done by then; e2fsck judges a sample. power-sweep does it in a whole system."
    })
final class VolumeSweepCommand implements Callable<Integer> {
  private static final int OPERATIONS = 24;
  private static final int KINDS = 8; // four kinds of volumes, synced or not

  private final Ringside ringside;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "Most operations of a workload, 1 to 3; default ${DEFAULT-VALUE}.")
  private int operations = 3;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "e2fsck judges one state in N; default ${DEFAULT-VALUE}.")
  private int sample = 150;

  @Option(names = "--threads", paramLabel = "N", description = "Processes side by side.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private FormatOption format;

  private record SweepJson(double seconds, VolumeSweep.Result result) {}

  VolumeSweepCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (operations < 1 || operations > 3 || sample < 1 || threads < 1) {
      throw new UserError("--operations is 1 to 3; --sample and --threads are at least 1");
    }
    if (E2fsck.find().isEmpty()) {
      throw new UserError("e2fsprogs is not installed", "'tools/ringside dev setup' installs it");
    }
    VolumeSweep sweep = new VolumeSweep(Path.of(System.getProperty("ringside.home", ".")));
    String wrong = sweep.build();
    if (!wrong.isEmpty()) {
      throw new UserError("the file system cannot be built here: " + wrong.strip());
    }
    long begin = System.nanoTime();
    VolumeSweep.Result result;
    try (Progress progress = new Progress(ringside, "workloads", workloads(operations))) {
      result = sweep.run(operations, threads, sample, progress::step);
    }
    report(new SweepJson((System.nanoTime() - begin) / 1e9, result));
    return result.problems().isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
  }

  private static long workloads(int operations) {
    long all = 0;
    long ofLength = KINDS;
    for (int i = 0; i < operations; i++) {
      ofLength *= OPERATIONS;
      all += ofLength;
    }
    return all;
  }

  private void report(SweepJson json) {
    if (format.json()) {
      ringside.terminal().out().println(Json.text(json));
      return;
    }
    VolumeSweep.Result result = json.result();
    result.problems().forEach(ringside.terminal().out()::println);
    ringside
        .terminal()
        .out()
        .println(
            "%d workloads, %d states, %d of them judged by e2fsck, %d slices failed; %.1f s"
                .formatted(
                    result.workloads(),
                    result.states(),
                    result.judged(),
                    result.problems().size(),
                    json.seconds()));
  }
}
