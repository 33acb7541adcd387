package ringside.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ringside.cli.UserError;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.domain.Domain;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.domain.MachineListener;
import ringside.trace.Tracer;

/**
 * What one more domain that only waits costs the host: pages of its RAM that it touched, and what
 * the hypervisor and the engine keep for it beside. Linux counts the first as shared memory of the
 * process (RssShmem) and the second as anonymous memory (RssAnon).
 */
final class IdleMemory implements Benchmark {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int DOMAINS = 16;
  private static final int QUICK_DOMAINS = 4;
  private static final int GROUPS = 3;
  private static final long SETTLE_NS = 100_000_000;
  private static final double KIB_PER_MIB = 1024;

  private static final String TOML =
      """
      [[domain]]
      name = "idle"
      kernel = "idle.elf"
      memory = 8
      cmdline = "seconds=3600"
      count = COUNT
      """;

  @Override
  public String name() {
    return "memory of an idle domain";
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    if (!Files.isReadable(STATUS)) {
      throw new UserError(name() + ": this host has no " + STATUS, "it is measured on Linux only");
    }
    int group = quick ? QUICK_DOMAINS : DOMAINS;
    SystemDescription system =
        BenchSystem.of(name(), TOML.replace("COUNT", String.valueOf(group * (GROUPS + 1))));
    List<Double> ram = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    long bytes = (long) system.domains().size() * (8 + 2) + 16 << 20;
    try (Machine machine = new Machine(engine, bytes, Tracer.OFF, new MachineListener() {})) {
      for (int i = 0; i <= GROUPS; i++) {
        System.gc();
        long shared = resident("RssShmem");
        long anonymous = resident("RssAnon");
        for (var domain : system.domains().subList(i * group, (i + 1) * group)) {
          Domain created = machine.create(domain.config(system.domids(), system.seed()));
          machine.start(created);
        }
        machine.run(machine.clock().now() + SETTLE_NS);
        System.gc();
        if (i > 0) { // the first group also brings what all share
          ram.add((resident("RssShmem") - shared) / KIB_PER_MIB / group);
          own.add((resident("RssAnon") - anonymous) / KIB_PER_MIB / group);
        }
      }
    } catch (ImageException e) {
      throw new UserError(e.getMessage());
    }
    String how = "mean over " + group + " more domains of 8 MiB";
    return List.of(
        Sample.of("memory beside an idle domain's RAM", "MiB", own, how),
        Sample.of("RAM that an idle domain touched", "MiB", ram, how));
  }

  /** In KiB. */
  private static long resident(String what) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(what + ":")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(STATUS + " has no " + what);
  }
}
