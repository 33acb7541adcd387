package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ringside.cli.run.RunOutput;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * Null calls over the three rings, which take turns in one run, in host time. With more vCPUs than
 * pCPUs a lock's holder is preempted now and then, and the others spin. On several pCPUs only those
 * samples count in which each of them had the host: else one measures how long a peer was away.
 */
record RingSpeed(String name, String toml, int pcpus) implements Benchmark {
  private static final int OPERATIONS = 400_000;
  private static final int QUICK_OPERATIONS = 40_000;
  private static final int WARM_UP = 1;
  private static final int SAMPLES = 5;
  private static final int QUICK_SAMPLES = 3;

  /** Times as many samples are taken, and warm up, where not all of them count. */
  private static final int MORE = 6;

  /** Of its span, that a pCPU's thread has to have executed in a sample that counts. */
  private static final double OVERLAP = 0.95;

  static final String ONE_DOMAIN =
      """
      [[domain]]
      name = "ringbench"
      kernel = "ringbench.elf"
      memory = 16
      vcpus = 8
      cmdline = "marks operations=OPERATIONS samples=SAMPLES"
      """;

  static final String TWO_DOMAINS =
      """
      [[domain]]
      name = "owner"
      kernel = "ringbench.elf"
      memory = 16
      vcpus = 4
      cmdline = "role=owner peer={domid:follower} marks operations=OPERATIONS samples=SAMPLES"
      [[domain]]
      name = "follower"
      kernel = "ringbench.elf"
      memory = 16
      vcpus = 4
      cmdline = "role=peer peer={domid:owner}"
      """;

  /** What one run was, as the guest says it: "scq pairwise 8". */
  private record Load(String ring, String mode, int vcpus) {
    static Load of(String[] words) {
      return new Load(words[1], words[2], Integer.parseInt(words[3]));
    }

    Load of(String otherRing) {
      return new Load(otherRing, mode, vcpus);
    }
  }

  RingSpeed(String name, String toml) {
    this(name, toml, 1);
  }

  /** One domain's vCPUs run at once: some produce, as many consume. */
  @Override
  public Optional<Benchmark> on(int several) {
    if (!toml.equals(ONE_DOMAIN)) {
      return Optional.empty();
    }
    String split = toml.replace("vcpus = 8", "vcpus = " + several).replace("marks", "marks split");
    return Optional.of(new RingSpeed("%s on %d pCPUs".formatted(name, several), split, several));
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    int operations = quick ? QUICK_OPERATIONS : OPERATIONS;
    int warmUp = pcpus == 1 ? WARM_UP : WARM_UP * MORE;
    int samples = warmUp + (quick ? QUICK_SAMPLES : SAMPLES) * (pcpus == 1 ? 1 : MORE);
    String text =
        toml.replace("OPERATIONS", String.valueOf(operations))
            .replace("SAMPLES", String.valueOf(samples));
    Watch watch = new Watch(pcpus == 1 ? null : new PcpuThreads());
    BenchSystem.run(BenchSystem.of(name, text), engine, Tracer.OFF, watch, pcpus);
    Map<Load, Sample> results = new LinkedHashMap<>();
    watch.spans.forEach(
        (load, spans) -> {
          String title = "%s: %s, %s, %d vCPUs".formatted(name, load.ring, load.mode, load.vcpus);
          List<Double> values =
              spans.stream()
                  .skip(warmUp)
                  .filter(span -> span.share >= OVERLAP)
                  .map(span -> (double) span.ns / operations)
                  .toList();
          results.put(
              load,
              values.isEmpty()
                  ? Sample.none(title, "ns", "in no sample had every pCPU the host for itself")
                  : Sample.of(title, "ns", values, ""));
        });
    return results.keySet().stream().map(load -> compared(results, load)).toList();
  }

  /** With the ratio to the lock ring under the same load, as speeds: above 1 is faster. */
  private static Sample compared(Map<Load, Sample> results, Load load) {
    Sample own = results.get(load);
    Sample lock = results.get(load.of("lock"));
    if (own.values().isEmpty() || lock.values().isEmpty()) {
      return own;
    }
    double ratio = lock.median() / own.median();
    String how =
        String.format(
            Locale.ROOT,
            "a put or take, %d samples; %.2f x the lock ring's speed",
            own.values().size(),
            ratio);
    return new Sample(
        own.name(), own.unit(), own.median(), own.low(), own.high(), own.values(), how);
  }

  /**
   * What one sample took.
   *
   * @param share of the span that the pCPU with the least of it executed
   */
  private record Span(long ns, double share) {}

  /** Takes the host's time at the lines. */
  private static final class Watch implements RunOutput {
    private final Map<Load, List<Span>> spans = new LinkedHashMap<>();
    private final PcpuThreads threads;
    private Load load;
    private long begin;

    /**
     * @param threads null where one thread does it all
     */
    Watch(PcpuThreads threads) {
      this.threads = threads;
    }

    @Override
    public void consoleLine(int domid, String domain, String line) {
      long now = System.nanoTime();
      String[] words = line.split(" ");
      switch (words[0]) {
        case "begin" -> {
          load = Load.of(words);
          if (threads != null) {
            threads.begin();
          }
          begin = System.nanoTime();
        }
        case "end" -> {
          long ns = now - begin;
          double share = threads == null ? 1 : (double) threads.leastNs() / ns;
          spans.computeIfAbsent(load, l -> new ArrayList<>()).add(new Span(ns, share));
        }
        default -> throw new IllegalStateException(domain + " said: " + line);
      }
    }
  }
}
