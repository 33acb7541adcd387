package ringside.cli.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import ringside.cli.bench.StorageRun.Measured;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * Blocks on three ways: by an NVMe driver linked into the application, and through a storage server
 * with the data written directly or copied. The three take turns, so that what slows the host down
 * slows all of them; ratios are of runs in the same turn.
 */
final class StorageThroughput implements Benchmark {
  private static final int WARM_UP = 1;
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 3;

  /** Of each load, so that its beginning and end count for little. */
  private static final String TOTAL = "64m";

  private static final String LOADS = "op=write,read span=4m size=4k,16k,64k,256k,1m,4m depth=1,32";
  private static final String QUICK_LOADS = "op=write,read span=4m size=4k,64k,1m depth=32";

  private static final String SERVER =
      """
      [[domain]]
      name = "server"
      kernel = "storage-server.elf"
      memory = 32
      provides = ["storage"]
      """;

  private static final String CLIENT =
      """
      [[domain]]
      name = "bench"
      kernel = "blkbench.elf"
      memory = 128
      max_grant_frames = 128
      cmdline = "marks result path=PATH order=9 total=TOTAL LOADS"
      """;

  private static final String USES = "uses = [\"storage/1\"]\n";

  private static final String DEVICE =
      """
      [[device]]
      type = "nvme"
      domain = "DOMAIN"
      latency = "nvme"
      """;

  /** The ways. */
  private enum Way {
    NVME(CLIENT + DEVICE.replace("DOMAIN", "bench")),
    DIRECT(SERVER + CLIENT + USES + DEVICE.replace("DOMAIN", "server")),
    COPY(SERVER + CLIENT + USES + DEVICE.replace("DOMAIN", "server"));

    private final String toml;

    Way(String toml) {
      this.toml = toml;
    }

    String path() {
      return name().toLowerCase(Locale.ROOT);
    }

    SystemDescription system(boolean quick) {
      return BenchSystem.of(
          "storage",
          toml.replace("PATH", path())
              .replace("TOTAL", TOTAL)
              .replace("LOADS", quick ? QUICK_LOADS : LOADS));
    }
  }

  /** What one turn measured, by way and then by load. */
  private record Round(Map<Way, Map<String, Measured>> measured) {
    double ratio(Way way, String load, ToDoubleFunction<Measured> rate) {
      return rate.applyAsDouble(measured.get(way).get(load))
          / rate.applyAsDouble(measured.get(Way.NVME).get(load));
    }
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public Optional<Benchmark> on(int pcpus) {
    return Optional.of(new StorageParallel(pcpus));
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < WARM_UP + (quick ? QUICK_ROUNDS : ROUNDS); i++) {
      Round round = new Round(new EnumMap<>(Way.class));
      for (Way way : Way.values()) {
        StorageRun run = new StorageRun();
        BenchSystem.run(way.system(quick), engine, Tracer.OFF, run);
        round.measured.put(way, run.results());
      }
      if (i >= WARM_UP) {
        rounds.add(round);
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (String load : rounds.getFirst().measured.get(Way.NVME).keySet()) {
      for (Way way : Way.values()) {
        samples.add(rate(rounds, way, load));
      }
      samples.add(ratio(rounds, Way.DIRECT, load));
      samples.add(ratio(rounds, Way.COPY, load));
    }
    return samples;
  }

  private static Sample rate(List<Round> rounds, Way way, String load) {
    List<Double> values =
        rounds.stream().map(r -> r.measured.get(way).get(load).hostRate()).toList();
    Measured last = rounds.getLast().measured.get(way).get(load);
    String how = "%.0f MB/s in virtual time".formatted(last.virtualRate());
    if (way != Way.NVME) {
      how += ", %.1f notifications per 1,000 requests".formatted(last.notificationsPerThousand());
    }
    return Sample.of(load + ", " + way.path(), "MB/s", values, how);
  }

  private static Sample ratio(List<Round> rounds, Way way, String load) {
    List<Double> values = rounds.stream().map(r -> r.ratio(way, load, Measured::hostRate)).toList();
    double virtual = rounds.getLast().ratio(way, load, Measured::virtualRate);
    String how = "of the linked-in driver, %.3f in virtual time".formatted(virtual);
    return Sample.of(load + ", " + way.path() + " / nvme", "x", values, how);
  }
}
