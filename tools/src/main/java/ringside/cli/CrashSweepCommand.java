package ringside.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.sweep.CrashPlan;
import ringside.cli.sweep.CrashSweep;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.ValueOverride;
import ringside.domain.ImageException;
import ringside.fault.FaultKind;

/** Kills a domain at every step, in a run of its own each time. */
@Command(
    name = "crash-sweep",
    description = "Kill a server at every step of a run and check that nobody notices.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A step is a probe of rings, channels or NVMe in the server, or an event of its controller.",
      "After each kill the others must end as they do without one and say the same of the content"
          + " of",
      "their disks; each block must have been changed in the same order (the same change twice",
      "running is one); and there must be no more event channels, grants and frames."
    })
final class CrashSweepCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Parameters(paramLabel = "SYSTEM", description = "Name of a system, or a description (.toml).")
  private String what;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "Who is killed; default the first that provides a service.")
  private String domain;

  @Option(names = "--points", paramLabel = "N", description = "Most steps; default all.")
  private int points = Integer.MAX_VALUE;

  @Option(
      names = "--twice",
      paramLabel = "N",
      description = "Runs with a second kill during the recovery; default 100.")
  private int twice = 100;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "Runs with a kill at one of N points of time, wherever that is; default 0.")
  private int times;

  @Option(
      names = "--fault",
      paramLabel = "WHAT",
      description = "kill, or instead page-fault, loop, spin, deadlock or block.")
  private FaultKind kind = FaultKind.KILL;

  @Option(names = "--seed", paramLabel = "N", description = "Chooses the recoveries.")
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
      String domain,
      int steps,
      int runs,
      double seconds,
      List<CrashSweep.Failure> failures) {}

  CrashSweepCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<ValueOverride> overrides = sets.stream().map(ValueOverride::parse).toList();
    SystemDescription system = Descriptions.read(what, overrides);
    DomainDescription victim = victim(system);
    needDisksInMemory(system);
    long begin = System.nanoTime();
    try {
      CrashSweep sweep = new CrashSweep(system, victim, engine, boot());
      if (!sweep.endsWell()) {
        throw new UserError(system.name() + " does not end well without a kill");
      }
      if (sweep.steps() == 0) {
        throw new UserError(victim.name() + " has no probes of rings, channels or NVMe");
      }
      int runs = sweep.plan(new CrashPlan(kind, points, twice, times, seed));
      ringside.progress("%d steps of %s; %d runs".formatted(sweep.steps(), victim.name(), runs));
      List<CrashSweep.Failure> failures;
      try (Progress progress = new Progress(ringside, "kills", runs)) {
        failures = sweep.run(threads, progress::step);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      report(new SweepJson(system.name(), victim.name(), sweep.steps(), runs, seconds, failures));
      return failures.isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
    } catch (ImageException e) {
      throw new UserError(e.getMessage(), "");
    }
  }

  private String boot() {
    StringBuilder command = new StringBuilder("ringside boot ").append(what);
    sets.forEach(set -> command.append(" --set '").append(set).append('\''));
    return command.toString();
  }

  /** Every run begins with the same disks, and several go on at once. */
  private static void needDisksInMemory(SystemDescription system) {
    boolean kept =
        system.devices().stream()
            .flatMap(device -> device.nvme().stream())
            .flatMap(nvme -> nvme.files().stream())
            .anyMatch(Optional::isPresent);
    if (kept) {
      throw new UserError(
          "a disk of " + system.name() + " is a file", "leave file out: a disk in memory is empty");
    }
  }

  private DomainDescription victim(SystemDescription system) {
    return system.domains().stream()
        .filter(d -> domain == null ? d.provides() : d.name().equals(domain))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    domain == null
                        ? "no domain of " + system.name() + " provides a service"
                        : "there is no domain \"" + domain + "\"",
                    "name one with --domain"));
  }

  private void report(SweepJson result) {
    if (format.json()) {
      ringside.terminal().out().println(Json.text(result));
      return;
    }
    for (CrashSweep.Failure failure : result.failures()) {
      ringside.terminal().out().println(failure.command());
      failure.problems().forEach(p -> ringside.terminal().out().println("  " + p));
    }
    ringside
        .terminal()
        .out()
        .println(
            "%s: %s killed in %d runs, %d failed; %.1f s"
                .formatted(
                    result.system(),
                    result.domain(),
                    result.runs(),
                    result.failures().size(),
                    result.seconds()));
  }
}
