package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import ringside.cli.run.RunOutput;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * A loop that a guest runs between the console lines "begin" and "end", many times over; the first
 * passes warm the virtual machine up and do not count.
 *
 * @param rounds passes through the loop's body in one sample
 */
record GuestLoop(String name, String toml, int rounds, String how) implements Benchmark {
  /** HotSpot needs three to five seconds of a guest that sleeps and wakes. */
  private static final int WARM_UP = 300;

  private static final int QUICK_WARM_UP = 40;

  private static final int SAMPLES = 15;
  private static final int QUICK_SAMPLES = 5;

  @Override
  public List<Sample> run(Engine engine, boolean quick) {
    int warmUp = quick ? QUICK_WARM_UP : WARM_UP;
    int samples = warmUp + (quick ? QUICK_SAMPLES : SAMPLES);
    int perSample = quick ? Math.max(1, rounds / 4) : rounds;
    String text =
        toml.replace("ROUNDS", String.valueOf(perSample))
            .replace("SAMPLES", String.valueOf(samples));
    SystemDescription system = BenchSystem.of(name, text);
    Watch watch = new Watch();
    BenchSystem.run(system, engine, Tracer.OFF, watch);
    List<Double> values =
        watch.spans.stream().skip(warmUp).map(ns -> ns.doubleValue() / perSample).toList();
    return List.of(Sample.of(name, "ns", values, how + ", " + perSample + " times a sample"));
  }

  /** Takes the host's time at the lines. */
  private static final class Watch implements RunOutput {
    private final List<Long> spans = new ArrayList<>();
    private long begin;

    @Override
    public void consoleLine(int domid, String domain, String line) {
      long now = System.nanoTime();
      switch (line) {
        case "begin" -> begin = now;
        case "end" -> spans.add(now - begin);
        default -> throw new IllegalStateException(domain + " said: " + line);
      }
    }
  }
}
