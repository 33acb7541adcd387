package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.cli.bench.RingSpans.Load;
import ringside.cli.run.RunOutput;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * Null calls over the three rings, which take turns in one run, in host time. With more vCPUs than
 * pCPUs a lock's holder is preempted now and then, and the others spin. On several pCPUs threads of
 * the host do the same natively, before and after.
 */
record RingSpeed(String name, String toml, int pcpus) implements Benchmark {
  private static final int OPERATIONS = 400_000;
  private static final int QUICK_OPERATIONS = 40_000;
  private static final int WARM_UP = 1;
  private static final int SAMPLES = 5;
  private static final int QUICK_SAMPLES = 3;

  /** Times as many samples are taken where not all of them count. */
  private static final int MORE = 6;

  /** Samples on several pCPUs for which HotSpot's compilers take the host away from them. */
  private static final int LONG_WARM_UP = 200;

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
    RingSpeed once = new RingSpeed("%s on %d pCPUs".formatted(name, several), split, several);
    return Optional.of(new RingProcesses(once));
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    int operations = quick ? QUICK_OPERATIONS : OPERATIONS;
    int warmUp = pcpus == 1 ? WARM_UP : LONG_WARM_UP;
    int samples = warmUp + (quick ? QUICK_SAMPLES : SAMPLES) * (pcpus == 1 ? 1 : MORE);
    String text =
        toml.replace("OPERATIONS", String.valueOf(operations))
            .replace("SAMPLES", String.valueOf(samples));
    PcpuThreads threads = new PcpuThreads(pcpus);
    Watch watch = new Watch(new RingSpans(operations, warmUp), threads);
    NativeRings natively = new NativeRings(pcpus, quick);
    natively.run();
    BenchSystem.Onlooker nobody = new BenchSystem.Onlooker() {};
    BenchSystem.run(BenchSystem.of(name, text), engine, Tracer.OFF, watch, threads, nobody);
    natively.run();
    return rows(watch.spans, natively);
  }

  private List<Sample> rows(RingSpans guests, NativeRings natively) {
    List<Sample> rows = new ArrayList<>();
    for (Load load : guests.loads()) {
      String title = "%s: %s, %s, %d vCPUs".formatted(name, load.ring(), load.mode(), load.vcpus());
      rows.add(guests.sample(title, load, natively.spans()));
      if (natively.spans().loads().contains(load)) {
        rows.add(natively.spans().sample(title + ", native", load));
      }
    }
    natively.missing().ifPresent(why -> rows.add(Sample.none(name + ", native", "ns", why)));
    return rows;
  }

  /** Takes the host's time at the lines. */
  private static final class Watch implements RunOutput {
    private final RingSpans spans;
    private final PcpuThreads threads;
    private Load load;
    private PcpuThreads.Reading then;
    private long begin;

    Watch(RingSpans spans, PcpuThreads threads) {
      this.spans = spans;
      this.threads = threads;
    }

    @Override
    public void consoleLine(int domid, String domain, String line) {
      long now = System.nanoTime();
      String[] words = line.split(" ");
      switch (words[0]) {
        case "begin" -> {
          load = Load.of(words);
          then = threads.executed();
          begin = System.nanoTime();
        }
        case "end" -> {
          long ns = now - begin;
          boolean alone = threads.count() == 1;
          spans.add(load, ns, alone ? ns : threads.executed().since(then).min().orElseThrow());
        }
        default -> throw new IllegalStateException(domain + " said: " + line);
      }
    }
  }
}
