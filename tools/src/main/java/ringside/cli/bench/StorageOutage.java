package ringside.cli.bench;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import ringside.cli.run.RunOutput;
import ringside.cpu.Engine;
import ringside.fault.RecoveryReport;
import ringside.fault.RecoveryReport.Outage;
import ringside.trace.Tracer;

/**
 * A storage server that is killed again and again while its client has 32 writes under way: how
 * long the client was without it, in time of the host, and what that time went into.
 *
 * @param backend the server's command line
 * @param devices more of the description
 */
record StorageOutage(String name, String backend, String devices) implements Benchmark {
  private static final int WARM_UP = 5;
  private static final int KILLS = 25;
  private static final int QUICK_KILLS = 10;
  private static final int INTERVAL_MS = 20;
  private static final double NS_PER_MS = 1e6;

  private static final String TOML =
      """
      [[domain]]
      name = "server"
      kernel = "storage-server.elf"
      memory = 16
      cmdline = "BACKEND"
      provides = ["storage"]
      on_crash = "restart"
      faults = ["kill:every=INTERVALms"]
      [[domain]]
      name = "client"
      kernel = "blkbench.elf"
      memory = 16
      cmdline = "timeline time=SPAN op=write order=6 path=direct window=2m"
      uses = ["storage/1"]
      """;

  private static final String NVME =
      """
      [[device]]
      type = "nvme"
      domain = "server"
      latency = "nvme"
      """;

  /** The server drives an NVMe controller. */
  static StorageOutage nvme() {
    return new StorageOutage("storage outage", "backend=nvme", NVME);
  }

  /** The server's blocks are its own memory. */
  static StorageOutage memory() {
    return new StorageOutage("storage outage, blocks in memory", "backend=ram blocks=2048", "");
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    int kills = WARM_UP + (quick ? QUICK_KILLS : KILLS);
    int spanMs = (kills + INTERVAL_MS) * INTERVAL_MS;
    String toml =
        TOML.replace("INTERVAL", String.valueOf(INTERVAL_MS))
                .replace("SPAN", String.valueOf(spanMs))
                .replace("BACKEND", backend)
            + devices;
    List<RecoveryReport> reports = new ArrayList<>();
    BenchSystem.run(BenchSystem.of(name(), toml), engine, Tracer.OFF, collectingInto(reports));
    if (reports.size() < kills) {
      throw new IllegalStateException("only " + reports.size() + " of " + kills + " recoveries");
    }
    List<RecoveryReport> warm = reports.subList(WARM_UP, kills);
    return List.of(
        sample(name(), warm, Outage::total, "server killed, warm image, until all is resent"),
        sample("  detection", warm, Outage::detection, "from the fault until it is noticed"),
        sample("  boot", warm, Outage::boot, "until the rebuilt server has registered"),
        sample("  reconnection", warm, Outage::reconnection, "until the channel is connected"),
        sample("  resend", warm, Outage::resend, "until every open request is sent again"));
  }

  private static RunOutput collectingInto(List<RecoveryReport> reports) {
    return new RunOutput() {
      @Override
      public void consoleLine(int domid, String domain, String line) {}

      @Override
      public void recovered(RecoveryReport report) {
        reports.add(report);
      }
    };
  }

  private static Sample sample(
      String name, List<RecoveryReport> reports, ToLongFunction<Outage> part, String how) {
    List<Double> values =
        reports.stream().map(r -> part.applyAsLong(r.hostTime()) / NS_PER_MS).toList();
    double virtual =
        Quantiles.median()
            .compute(reports.stream().map(r -> part.applyAsLong(r.virtualTime())).toList());
    String both = "%s; %.3f ms of virtual time".formatted(how, virtual / NS_PER_MS);
    return Sample.of(name, "ms", values, both);
  }
}
