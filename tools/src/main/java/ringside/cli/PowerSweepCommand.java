package ringside.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.power.E2fsck;
import ringside.cli.power.PowerSweep;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.ValueOverride;
import ringside.domain.ImageException;

/** Cuts the power at every change of a disk with files. */
@Command(
    name = "power-sweep",
    description = "Cut the power at every change of a disk, and check what is left of its files.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The system's application is fscrash, which has numbered workloads of up to three file",
      "operations, then fsync. What the NVMe controller does to the first disk is recorded; after",
      "every write, images are made of what its cache may have lost, and judged: the journal is",
      "replayed, the structures must agree, what was synced must be there, and what was not must",
      "be there as a whole or not at all. Some images are shown to e2fsck as well, with some the",
      "system is booted, whose own recovery is cut in the same way."
    })
final class PowerSweepCommand implements Callable<Integer> {
  private static final int DEFAULT_WORKLOADS = 40;
  private static final Pattern COUNT = Pattern.compile("(\\d+) workloads");

  private final Ringside ringside;

  @Parameters(paramLabel = "SYSTEM", description = "Name of a system, or a description (.toml).")
  private String what;

  @Option(
      names = "--workloads",
      paramLabel = "N",
      description = "Most workloads, spread over all; default ${DEFAULT-VALUE}.")
  private int workloads = DEFAULT_WORKLOADS;

  @Option(names = "--all", description = "All workloads, instead.")
  private boolean all;

  @Option(
      names = "--together",
      paramLabel = "N",
      description = "Workloads that follow each other in one run; default ${DEFAULT-VALUE}.")
  private int together = 5;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "This workload and those that follow, not spread over all.")
  private Integer first;

  @Option(
      names = "--e2fsck",
      paramLabel = "N",
      description = "Show each image of N to e2fsck, none with 0; default ${DEFAULT-VALUE}.")
  private int e2fsckEvery = 100;

  @Option(
      names = "--boot",
      paramLabel = "N",
      description =
          "Boot the system with each image of N, and cut the power again; none with 0; default"
              + " ${DEFAULT-VALUE}.")
  private int bootEvery = 1000;

  @Option(
      names = "--ignore-flushes",
      description = "Of a disk that takes flushes and FUA for nothing: this must go wrong.")
  private boolean ignoreFlushes;

  @Option(names = "--keep", paramLabel = "FOLDER", description = "Write images that are wrong.")
  private Path keep;

  @Option(names = "--seed", paramLabel = "N", description = "Chooses among many cached writes.")
  private long seed = 1;

  @Option(
      names = "--set",
      paramLabel = "DOMAIN.KEY=VALUE",
      description = "Put a value over the description's; repeatable.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--threads", paramLabel = "N", description = "Runs side by side.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--engine", paramLabel = "NAME", description = Engines.HELP)
  private String engine = Engines.DEFAULT;

  @Mixin private FormatOption format;

  private record SweepJson(
      String system,
      int workloads,
      long changes,
      long images,
      long byE2fsck,
      long booted,
      double seconds,
      ImmutableList<PowerSweep.Failure> failures) {}

  PowerSweepCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() throws InterruptedException {
    long begin = System.nanoTime();
    if (workloads < 1 || together < 1 || e2fsckEvery < 0 || bootEvery < 0 || threads < 1) {
      throw new UserError("--workloads, --together and --threads are at least 1, the others 0");
    }
    Optional<E2fsck> e2fsck = e2fsckEvery == 0 ? Optional.empty() : E2fsck.find();
    if (e2fsckEvery > 0 && e2fsck.isEmpty()) {
      ringside.progress("e2fsck is not installed: it judges nothing");
    }
    PowerSweep.Plan plan =
        new PowerSweep.Plan(
            all ? Integer.MAX_VALUE : workloads,
            Optional.ofNullable(first),
            together,
            e2fsckEvery,
            bootEvery,
            !ignoreFlushes,
            seed,
            Optional.ofNullable(keep));
    String application = application(Descriptions.read(what, overrides("", "")));
    PowerSweep sweep =
        new PowerSweep(
            (from, count) ->
                Descriptions.read(
                    what, overrides(application, "first=%d count=%d".formatted(from, count))),
            engine,
            plan,
            e2fsck);
    try {
      int runs = sweep.plan(most(sweep, application));
      ringside.progress(runs + " workloads");
      PowerSweep.Tally tally;
      try (Progress progress = new Progress(ringside, "workloads", runs)) {
        tally = sweep.run(threads, progress::step);
      }
      report(tally, (System.nanoTime() - begin) / 1e9);
      return tally.failures().isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
    } catch (ImageException e) {
      throw new UserError(e.getMessage(), "");
    }
  }

  private List<ValueOverride> overrides(String application, String cmdline) {
    List<ValueOverride> overrides = new ArrayList<>();
    sets.forEach(set -> overrides.add(ValueOverride.parse(set)));
    if (!application.isEmpty()) {
      overrides.add(ValueOverride.parse(application + ".cmdline=" + cmdline));
    }
    return overrides;
  }

  private static String application(SystemDescription system) {
    return system.domains().stream()
        .filter(domain -> !domain.provides())
        .map(DomainDescription::name)
        .findFirst()
        .orElseThrow(() -> new UserError("every domain of " + system.name() + " is a server"));
  }

  /** How many workloads the application says it has. */
  private int most(PowerSweep sweep, String application) throws ImageException {
    return sweep.console(application).stream()
        .map(COUNT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Integer.parseInt(matcher.group(1)))
        .findFirst()
        .orElseThrow(() -> new UserError(application + " does not say how many workloads it has"));
  }

  private void report(PowerSweep.Tally tally, double seconds) {
    if (format.json()) {
      SweepJson result =
          new SweepJson(
              what,
              tally.workloads(),
              tally.changes(),
              tally.images(),
              tally.byE2fsck(),
              tally.booted(),
              seconds,
              tally.failures());
      ringside.terminal().out().println(Json.text(result));
      return;
    }
    for (PowerSweep.Failure failure : tally.failures()) {
      ringside
          .terminal()
          .out()
          .println(
              "ringside power-sweep %s --first %d --workloads %d --together %d --keep FOLDER"
                  .formatted(what, failure.first(), together, together));
      ringside
          .terminal()
          .out()
          .println("  cut after change %d, %s".formatted(failure.changes(), failure.choice()));
      failure.problems().forEach(p -> ringside.terminal().out().println("  " + p));
    }
    ringside
        .terminal()
        .out()
        .println(
            "%s: %d workloads, %d changes, %d images (%d by e2fsck, %d booted), %d wrong; %.1f s"
                .formatted(
                    what,
                    tally.workloads(),
                    tally.changes(),
                    tally.images(),
                    tally.byE2fsck(),
                    tally.booted(),
                    tally.failures().size(),
                    seconds));
  }
}
