package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ringside.cli.bench.StorageRun.Measured;
import ringside.cli.run.RunOutput;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.domain.Machine;
import ringside.trace.Tracer;

/**
 * A storage server and its client, on several pCPUs against one: each has work while the other has.
 * The device takes no time, which on one pCPU would be virtual and on several the host's.
 *
 * <p>Each system runs the loads in turn, again and again: first until HotSpot has nothing to
 * compile any more, which takes half a minute, then for the samples. Only those count in which no
 * thread that runs vCPUs had to wait for a CPU of the host. Beside the ratio stands the most that
 * could come of it by what the guests execute: all of it against the larger of the two shares. What
 * the hypervisor does for them, data included, is not in that.
 */
record StorageParallel(int pcpus) implements Benchmark {
  /** Rounds through all loads that are measured. */
  private static final int ROUNDS = 8;

  /** Times as many are measured on several pCPUs, since not all of their samples count. */
  private static final int MORE = 3;

  /** Warm or not, what comes after this is measured. */
  private static final long LONGEST_WARM_UP_NS = 120_000_000_000L;

  /** Of its span, that a pCPU's thread may have waited for the host in a sample that counts. */
  private static final double WAITED = 0.05;

  private static final double GOAL = 1.5;

  private static final String LOADS = "span=4m size=4k,16k,64k,256k depth=1,32";
  private static final String QUICK_LOADS = "span=4m size=4k,64k depth=32";

  /** More rounds than are ever wanted: the machine is stopped when there were enough. */
  private static final String FOR_EVER = "rounds=1000000";

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
      cmdline = "marks result path=PATH order=9 total=256m op=write,read ROUNDS LOADS"
      uses = ["storage/1"]
      [[device]]
      type = "nvme"
      domain = "server"
      latency = "none"
      """;

  /**
   * One time that a load ran.
   *
   * @param waited part of its span that the pCPU with the most of it waited for the host
   * @param ceiling what the guests executed, as a multiple of what that one did which did more
   */
  private record Span(Measured measured, double waited, double ceiling) {}

  @Override
  public String name() {
    return "storage on " + pcpus + " pCPUs";
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    for (String path : List.of("direct", "copy")) {
      Map<String, List<Span>> several = run(engine, path, quick, pcpus);
      Map<String, List<Span>> one = run(engine, path, quick, 1);
      one.forEach((load, spans) -> add(samples, load + ", " + path, spans, several.get(load)));
    }
    return samples;
  }

  /** By load, what was measured behind the warm-up. */
  private static Map<String, List<Span>> run(Engine engine, String path, boolean quick, int pcpus) {
    SystemDescription system =
        BenchSystem.of(
            "storage",
            TOML.replace("PATH", path)
                .replace("ROUNDS", FOR_EVER)
                .replace("LOADS", quick ? QUICK_LOADS : LOADS));
    PcpuThreads threads = new PcpuThreads(pcpus);
    Watch watch = new Watch(threads, pcpus == 1 ? ROUNDS : ROUNDS * MORE);
    BenchSystem.run(system, engine, Tracer.OFF, watch, threads, watch);
    return watch.measured();
  }

  private void add(List<Sample> samples, String what, List<Span> one, List<Span> several) {
    Sample alone = rate(what + ", 1 pCPU", one);
    Sample together = rate("%s, %d pCPUs".formatted(what, pcpus), several);
    String title = "%s, %d pCPUs / 1".formatted(what, pcpus);
    samples.add(alone);
    samples.add(together);
    if (alone.values().isEmpty() || together.values().isEmpty()) {
      samples.add(Sample.none(title, "x", "one of the two was not"));
      return;
    }
    List<Double> ratios = together.values().stream().map(v -> v / alone.median()).toList();
    String how =
        String.format(
            Locale.ROOT,
            "in host time; by what the guests execute up to %.2f; goal from %.2f on: %s",
            counted(several).stream().mapToDouble(Span::ceiling).average().orElseThrow(),
            GOAL,
            together.median() >= GOAL * alone.median() ? "met" : "missed");
    samples.add(Sample.of(title, "x", ratios, how));
  }

  private static List<Span> counted(List<Span> spans) {
    return spans.stream().filter(span -> span.waited <= WAITED).toList();
  }

  private static Sample rate(String title, List<Span> spans) {
    List<Span> counted = counted(spans);
    int leftOut = spans.size() - counted.size();
    return counted.isEmpty()
        ? Sample.none(title, "MB/s", "in no sample had every pCPU the host for itself")
        : Sample.of(
            title,
            "MB/s",
            counted.stream().map(span -> span.measured.hostRate()).toList(),
            leftOut == 0 ? "" : leftOut + " left out: a pCPU waited for the host");
  }

  /** Looks at threads, guests and the compiler at the lines. */
  private static final class Watch implements RunOutput, BenchSystem.Onlooker {
    private final StorageRun run = new StorageRun();
    private final CompilerRest compiler = new CompilerRest();
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();
    private final PcpuThreads threads;
    private final int wanted;
    private final long start = System.nanoTime();
    private Machine machine;
    private List<Long> ticks;
    private double ceiling;
    private PcpuThreads.Reading then;
    private double waited;
    private long begin;
    private boolean warm;
    private int heard;

    /**
     * @param wanted samples of each load
     */
    Watch(PcpuThreads threads, int wanted) {
      this.threads = threads;
      this.wanted = wanted;
    }

    @Override
    public void starts(Machine started) {
      machine = started;
    }

    /** By load. */
    Map<String, List<Span>> measured() {
      return spans;
    }

    @Override
    public boolean stopped() {
      return warm && spans.values().stream().allMatch(all -> all.size() >= wanted);
    }

    @Override
    public void consoleLine(int domid, String domain, String line) {
      if (line.equals("begin")) {
        then = threads.waited();
        ticks = ticks();
        begin = System.nanoTime();
      }
      run.consoleLine(domid, domain, line);
      if (line.equals("end")) {
        long now = System.nanoTime();
        long longest = threads.waited().since(then).max().orElseThrow();
        waited = (double) longest / (now - begin);
        ceiling = ceiling(ticks());
        warm |= compiler.rests(now) || now - start > LONGEST_WARM_UP_NS;
      }
      if (run.all().size() > heard) {
        heard = run.all().size();
        add(run.all().getLast());
      }
      if (stopped()) {
        machine.interrupt();
      }
    }

    /** Until it is warm each sample takes the place of the one before. */
    private void add(Measured measured) {
      List<Span> all = spans.computeIfAbsent(measured.load(), load -> new ArrayList<>());
      if (!warm) {
        all.clear();
      }
      all.add(new Span(measured, waited, ceiling));
    }

    /** By domain; about right where one runs on another pCPU. */
    private List<Long> ticks() {
      return machine.domains().stream().map(domain -> domain.vcpu(0).cpu().ticks()).toList();
    }

    private double ceiling(List<Long> now) {
      long all = 0;
      long most = 0;
      for (int d = 0; d < now.size(); d++) {
        long executed = now.get(d) - ticks.get(d);
        all += executed;
        most = Math.max(most, executed);
      }
      return (double) all / most;
    }
  }
}
