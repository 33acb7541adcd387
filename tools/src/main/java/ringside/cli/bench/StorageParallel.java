package ringside.cli.bench;

import com.google.common.math.Quantiles;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.cli.bench.StorageTurns.Span;
import ringside.cli.bench.StorageTurns.Turn;
import ringside.cpu.Engine;

/**
 * A storage server and its client, on several pCPUs against one: each has work while the other has.
 * The device takes no time, which on one pCPU would be virtual and on several the host's.
 *
 * <p>A system with one pCPU and one with several, each in a process of its own, run the loads in
 * turns of seconds, since the host is faster in one minute than in another: first until HotSpot has
 * nothing to compile any more, which takes a minute, then for the samples. Only those count in
 * which no thread that runs vCPUs had to wait for a CPU of the host, and each is compared with the
 * turn of one pCPU beside it.
 */
public record StorageParallel(int pcpus) implements Benchmark {
  /** Through all loads, in one turn. */
  private static final int ROUNDS = 3;

  private static final int TURNS = 8;

  /** Warm or not, what comes after this is measured. */
  private static final long LONGEST_WARM_UP_NS = 180_000_000_000L;

  /** Of its span, that a pCPU's thread may have waited for the host in a sample that counts. */
  private static final double WAITED = 0.05;

  private static final double GOAL = 1.5;

  private static final Loads LOADS =
      new Loads(List.of("4k", "16k", "64k", "256k"), List.of("1", "32"));

  private static final Loads QUICK_LOADS = new Loads(List.of("4k", "64k"), List.of("32"));

  private static final String TOML =
      """
      [[domain]]
      name = "server"
      kernel = "storage-server.elf"
      memory = 32
      provides = ["storage"]
      [[domain]]
      name = "bench"
      kernel = "blkbench.elf"
      memory = 128
      max_grant_frames = 128
      cmdline = "marks result path=PATH order=9 total=256m op=write,read span=4m LOADS"
      uses = ["storage/1"]
      [[device]]
      type = "nvme"
      domain = "server"
      latency = "none"
      """;

  /** What blkbench does in a round: writes and reads, of each size at each depth. */
  private record Loads(List<String> sizes, List<String> depths) {
    int count() {
      return 2 * sizes.size() * depths.size();
    }

    String options() {
      return "rounds=1000000 size=%s depth=%s"
          .formatted(String.join(",", sizes), String.join(",", depths));
    }
  }

  @Override
  public String name() {
    return "storage on " + pcpus + " pCPUs";
  }

  /**
   * Two turns, one after the other; by load.
   *
   * @param one on one pCPU
   */
  private record Pair(Map<String, List<Span>> one, Map<String, List<Span>> several) {}

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (String path : List.of("direct", "copy")) {
      try (TurnProcess<Turn> one = process(engine, path, quick, 1);
          TurnProcess<Turn> several = process(engine, path, quick, pcpus)) {
        boolean warm = warmUp(one, several);
        List<Pair> pairs = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
          pairs.add(new Pair(byLoad(one.next()), byLoad(several.next())));
        }
        for (String load : pairs.getFirst().one.keySet()) {
          ratios.add(add(samples, load + ", " + path, load, pairs, warm));
        }
      }
    }
    samples.add(mean(ratios));
    return samples;
  }

  /** NaN where a load was not measured. */
  private Sample mean(List<Double> ratios) {
    String title = "all of these, %d pCPUs / 1".formatted(pcpus);
    double mean = Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
    return Double.isNaN(mean)
        ? Sample.none(title, "x", "not all of them were")
        : Sample.of(title, "x", List.of(mean), "geometric mean of the medians, " + verdict(mean));
  }

  private static String verdict(double ratio) {
    return String.format(
        Locale.ROOT, "goal from %.2f on: %s", GOAL, ratio >= GOAL ? "met" : "missed");
  }

  private static TurnProcess<Turn> process(Engine engine, String path, boolean quick, int pcpus) {
    List<String> command =
        new ArrayList<>(List.of(HostPrograms.ringside(), "bench", "--engine", engine.name()));
    command.addAll(List.of("--pcpus", String.valueOf(pcpus), "--storage-turns", path));
    if (quick) {
      command.add("--quick");
    }
    return new TurnProcess<>(command, Turn.class);
  }

  /**
   * What such a process does.
   *
   * @param path "direct" or "copy"
   */
  public static void turns(
      Engine engine, String path, boolean quick, int pcpus, InputStream in, PrintWriter out) {
    Loads loads = quick ? QUICK_LOADS : LOADS;
    String toml = TOML.replace("PATH", path).replace("LOADS", loads.options());
    StorageTurns.run(engine, toml, pcpus, ROUNDS * loads.count(), TurnProcess.answering(in, out));
  }

  /** False when HotSpot still has something to compile. */
  private static boolean warmUp(TurnProcess<Turn> one, TurnProcess<Turn> several) {
    long start = System.nanoTime();
    boolean warm = false;
    while (!warm && System.nanoTime() - start < LONGEST_WARM_UP_NS) {
      warm = one.next().warm() & several.next().warm();
    }
    return warm;
  }

  private static Map<String, List<Span>> byLoad(Turn turn) {
    return turn.spans().stream()
        .collect(
            Collectors.groupingBy(
                span -> span.measured().load(), LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * @param warm HotSpot had nothing to compile any more
   * @return the ratio, or NaN
   */
  private double add(
      List<Sample> samples, String what, String load, List<Pair> pairs, boolean warm) {
    List<Span> one = pairs.stream().flatMap(pair -> pair.one.get(load).stream()).toList();
    List<Span> several = pairs.stream().flatMap(pair -> pair.several.get(load).stream()).toList();
    samples.add(rate(what + ", 1 pCPU", one));
    samples.add(rate("%s, %d pCPUs".formatted(what, pcpus), several));
    String title = "%s, %d pCPUs / 1".formatted(what, pcpus);
    List<Double> ratios = pairs.stream().flatMap(pair -> ratios(pair, load)).toList();
    if (ratios.isEmpty()) {
      samples.add(Sample.none(title, "x", "in no two turns had every pCPU the host for itself"));
      return Double.NaN;
    }
    double ratio = Quantiles.median().compute(ratios);
    String how = "in host time%s; ".formatted(warm ? "" : ", while HotSpot compiled");
    samples.add(Sample.of(title, "x", ratios, how + verdict(ratio)));
    return ratio;
  }

  /** Of what counts of a pair. */
  private static Stream<Double> ratios(Pair pair, String load) {
    List<Span> one = counted(pair.one.get(load));
    if (one.isEmpty()) {
      return Stream.of();
    }
    double alone =
        Quantiles.median().compute(one.stream().map(span -> span.measured().hostRate()).toList());
    return counted(pair.several.get(load)).stream().map(s -> s.measured().hostRate() / alone);
  }

  private static List<Span> counted(List<Span> spans) {
    return spans.stream().filter(span -> span.waited() <= WAITED).toList();
  }

  private static Sample rate(String title, List<Span> spans) {
    List<Span> counted = counted(spans);
    int leftOut = spans.size() - counted.size();
    return counted.isEmpty()
        ? Sample.none(title, "MB/s", "in no sample had every pCPU the host for itself")
        : Sample.of(
            title,
            "MB/s",
            counted.stream().map(span -> span.measured().hostRate()).toList(),
            leftOut == 0 ? "" : leftOut + " left out: a pCPU waited for the host");
  }
}
