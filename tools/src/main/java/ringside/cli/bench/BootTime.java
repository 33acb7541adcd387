package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import ringside.cli.run.RunOutput;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.trace.HypercallEvent;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * From the order to run a system of one domain, its image read already, to its first hypercall:
 * machine, domain and processor are built in between.
 */
final class BootTime implements Benchmark {
  private static final int WARM_UP = 5;
  private static final int SAMPLES = 30;
  private static final int QUICK_SAMPLES = 5;
  private static final double NS_PER_MS = 1e6;

  private static final String TOML =
      """
      [[domain]]
      name = "hello"
      kernel = "hello.elf"
      memory = 64
      """;

  @Override
  public String name() {
    return "boot to first hypercall";
  }

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    SystemDescription system = BenchSystem.of(name(), TOML);
    RunOutput silent = (domid, domain, line) -> {};
    List<Double> values = new ArrayList<>();
    int samples = WARM_UP + (quick ? QUICK_SAMPLES : SAMPLES);
    for (int i = 0; i < samples; i++) {
      FirstHypercall first = new FirstHypercall();
      long begin = System.nanoTime();
      BenchSystem.run(system, engine, first, silent);
      if (i >= WARM_UP) {
        values.add((first.at - begin) / NS_PER_MS);
      }
    }
    return List.of(Sample.of(name(), "ms", values, "hello with 64 MiB, in a warm process"));
  }

  /** Hears of nothing but the first hypercall, and of that only once. */
  private static final class FirstHypercall implements Tracer {
    private long at;

    @Override
    public boolean on(String type) {
      return at == 0 && type.equals(HypercallEvent.ENTRY);
    }

    @Override
    public long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
      at = System.nanoTime();
      return cause;
    }

    @Override
    public void close() {}
  }
}
