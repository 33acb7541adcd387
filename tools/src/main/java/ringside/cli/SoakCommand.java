package ringside.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import ringside.cli.run.Interrupt;
import ringside.cli.soak.Soak;
import ringside.cpu.Engine;

/** Random systems for as long as somebody wants. */
@Command(
    name = "soak",
    description = "Boot random systems, one after another, and check that each ends well.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A system is put together from disks and files with clients, servers that are killed, rings",
      "between vCPUs and domains, events and grants. Its guests judge what they see; volumes are",
      "checked after it. A system that has not ended after 300 s of its time hangs; a domain that",
      "crashed although no fault was planned is a failure, too."
    })
final class SoakCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Option(
      names = "--time",
      paramLabel = "SPAN",
      description = "How long to go on, of your time; default ${DEFAULT-VALUE}.")
  private String time = "60s";

  @Option(names = "--runs", paramLabel = "N", description = "Most systems; default: no limit.")
  private long runs = Long.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the first system; the others follow. Default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Mixin private PcpusOption pcpus;

  @Option(names = "--engine", paramLabel = "NAME", description = "CPU engine.")
  private String engine = Engines.DEFAULT;

  @Option(names = "--show", description = "Print the first system's description; run nothing.")
  private boolean show;

  @Mixin private FormatOption format;

  private record SoakJson(long first, long runs, double seconds, List<Soak.Failure> failures) {}

  SoakCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() {
    if (show) {
      ringside.terminal().out().print(Soak.text(seed));
      return ExitCode.OK;
    }
    long limit = span();
    int threads = threads();
    try (Interrupt interrupt = new Interrupt()) {
      SoakJson result = run(new Soak(engine, threads, interrupt::starts), limit);
      report(result);
      return result.failures().isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
    }
  }

  /** Until the time is over or somebody interrupts; a system that was interrupted is not judged. */
  private SoakJson run(Soak soak, long limit) {
    List<Soak.Failure> failures = new ArrayList<>();
    long begin = System.nanoTime();
    long done = 0;
    try (Progress progress = new Progress(ringside, "seconds", limit / 1_000_000_000)) {
      while (done < runs && System.nanoTime() - begin < limit) {
        long at = seed + done;
        Optional<List<String>> problems = soak.run(at);
        if (problems.isEmpty()) {
          break;
        }
        if (!problems.get().isEmpty()) {
          failures.add(new Soak.Failure(at, ImmutableList.copyOf(problems.get())));
        }
        done++;
        progress.at((System.nanoTime() - begin) / 1_000_000_000);
      }
    }
    return new SoakJson(seed, done, (System.nanoTime() - begin) / 1e9, failures);
  }

  private int threads() {
    try (Engine any = Engines.create(engine)) {
      return pcpus.of(any);
    }
  }

  private long span() {
    try {
      return Duration.parse(time);
    } catch (IllegalArgumentException e) {
      throw new UserError("--time: " + e.getMessage());
    }
  }

  private void report(SoakJson result) {
    if (format.json()) {
      ringside.terminal().out().println(Json.text(result));
      return;
    }
    for (Soak.Failure failure : result.failures()) {
      ringside.terminal().out().println(again(failure.seed()));
      failure.problems().forEach(p -> ringside.terminal().out().println("  " + p));
    }
    ringside
        .terminal()
        .out()
        .println(
            "%d systems, %d failed; %.1f s"
                .formatted(result.runs(), result.failures().size(), result.seconds()));
  }

  private String again(long failed) {
    return "ringside soak --engine %s%s --seed %d --runs 1".formatted(engine, pcpus.text(), failed);
  }
}
