package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import ringside.cli.bench.FilesRun.Measured;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * Files through a file system server against the same file system linked into the application, on
 * an NVMe disk and in memory, and what each byte costs in copying; then up to four applications at
 * one server. Rates are of virtual time, on one pCPU, so that the host counts for nothing; a round
 * has a seed of its own, which is the disk's jitter. Ratios are of runs in the same round.
 *
 * <p>Invariant: a write of the server's is on the device when it is answered, one of the linked-in
 * file system need not be until fsync, which ends each load.
 */
final class FilesThroughput implements Benchmark {
  private static final int ROUNDS = 3;
  private static final int MOST_CLIENTS = 4;
  private static final double RATIO_GOAL = 0.9;
  private static final double COPIED_GOAL = 0.05;

  /** Loads that goals speak of. */
  private static final long GOALS_FROM_KIB = 64;

  private static final String SIZES = "4k,16k,64k,256k,1m,4m";
  private static final String QUICK_SIZES = "4k,64k,1m";
  private static final String CLIENTS_SIZES = "64k,1m";

  private static final int VOLUME_MIB = 64;
  private static final String FSBENCH = "result total=8m file=/N size=";

  @Override
  public String name() {
    return "files";
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    int rounds = quick ? 1 : ROUNDS;
    List<Sample> samples = new ArrayList<>();
    compare(samples, engine, quick, rounds, FileWay.LINKED, FileWay.SERVER);
    compare(samples, engine, quick, rounds, FileWay.LINKED_RAMDISK, FileWay.SERVER_RAMDISK);
    for (int clients = 1; clients <= MOST_CLIENTS; clients *= 2) {
      List<Map<String, Measured>> all =
          runs(engine, rounds, FileWay.SERVER, clients, CLIENTS_SIZES);
      for (String load : all.getFirst().keySet()) {
        String name = "%s, server, each of %d".formatted(load, clients);
        double share = 1.0 / clients;
        samples.add(
            sample(name, "MB/s", all, load, m -> m.rate() * share, "what it measured, on average"));
      }
    }
    return samples;
  }

  private static List<Map<String, Measured>> runs(
      Engine engine, int rounds, FileWay way, int clients, String sizes) {
    return IntStream.rangeClosed(1, rounds)
        .mapToObj(
            seed -> {
              FilesRun run = new FilesRun();
              BenchSystem.run(
                  way.system(
                      seed, clients, new FileWay.App("fsbench", FSBENCH + sizes, 96), VOLUME_MIB),
                  engine,
                  Tracer.OFF,
                  run);
              return run.results();
            })
        .toList();
  }

  private static void compare(
      List<Sample> samples,
      Engine engine,
      boolean quick,
      int rounds,
      FileWay linked,
      FileWay server) {
    String sizes = quick ? QUICK_SIZES : SIZES;
    List<Map<String, Measured>> own = runs(engine, rounds, linked, 1, sizes);
    List<Map<String, Measured>> other = runs(engine, rounds, server, 1, sizes);
    boolean disk = server == FileWay.SERVER;
    for (String load : own.getFirst().keySet()) {
      samples.add(sample(load + ", " + linked, "MB/s", own, load, Measured::rate, "virtual time"));
      samples.add(
          sample(load + ", " + server, "MB/s", other, load, Measured::rate, "virtual time"));
      List<Double> ratios =
          IntStream.range(0, rounds)
              .mapToObj(i -> other.get(i).get(load).rate() / own.get(i).get(load).rate())
              .toList();
      String name = load + ", " + server + " / " + linked;
      Sample ratio = Sample.of(name, "x", ratios, "");
      samples.add(
          Sample.of(name, "x", ratios, goal(load, ratio.median() >= RATIO_GOAL, "from 0.90 on")));
      Sample copied =
          sample(load + ", " + server + ", copied", "x", other, load, Measured::copiedForEach, "");
      String how = "bytes that CPUs copied for each";
      if (disk) {
        how += ", " + goal(load, copied.median() <= COPIED_GOAL, "up to 0.05");
      }
      samples.add(Sample.of(copied.name(), "x", copied.values(), how));
    }
  }

  /** What a goal says of a load, and whether it is met. */
  private static String goal(String load, boolean met, String goal) {
    long kib = Long.parseLong(load.split(" ")[1]);
    return kib < GOALS_FROM_KIB ? "no goal" : "goal " + goal + ": " + (met ? "met" : "missed");
  }

  private static Sample sample(
      String name,
      String unit,
      List<Map<String, Measured>> runs,
      String load,
      ToDoubleFunction<Measured> value,
      String how) {
    List<Double> values = runs.stream().map(run -> value.applyAsDouble(run.get(load))).toList();
    return Sample.of(name, unit, values, how);
  }
}
