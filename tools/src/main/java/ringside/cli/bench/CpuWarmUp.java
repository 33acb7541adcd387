package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import ringside.cli.Engines;
import ringside.cli.bench.KernelRunner.Kernel;
import ringside.cli.bench.KernelRunner.Order;
import ringside.cli.bench.KernelRunner.Slices;
import ringside.cpu.Engine;

/**
 * How long a kernel runs on an engine that has never seen it, in a warm process, until it is as
 * fast as it will be: from its first call to the first five milliseconds with nine tenths of its
 * peak speed. The peak is the median over the run's second half.
 */
final class CpuWarmUp {
  private static final double GOAL_MS = 300;
  private static final double SHARE_OF_PEAK = 0.9;
  private static final long SLICE_NS = 250_000;
  private static final long WINDOW_NS = 5_000_000;
  private static final int WARM_SLICES = 4;
  private static final int SLICES = 5000;
  private static final int QUICK_SLICES = 2500;
  private static final int SAMPLES = 3;
  private static final double NS_PER_MS = 1e6;

  private CpuWarmUp() {}

  /** One row for each kernel. */
  static List<Sample> run(String engine, List<Kernel> kernels, boolean quick) {
    return kernels.stream().map(kernel -> sample(engine, kernel, quick)).toList();
  }

  private static Sample sample(String engine, Kernel kernel, boolean quick) {
    long rounds;
    try (Engine warm = Engines.create(engine)) {
      EngineKernels runner = new EngineKernels(engine, warm, false);
      long inLongSlice = Calibration.rounds(runner, kernel, WARM_SLICES);
      rounds = Math.max(1, inLongSlice * SLICE_NS / Calibration.SLICE_NS);
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < (quick ? 1 : SAMPLES); i++) {
      try (Engine cold = Engines.create(engine)) {
        EngineKernels runner = new EngineKernels(engine, cold, false);
        values.add(
            warmedUpAfter(runner.run(new Order(kernel, rounds, quick ? QUICK_SLICES : SLICES, 0)))
                / NS_PER_MS);
      }
    }
    double median = Sample.of("", "", values, "").median();
    return Sample.of(
        "%s, %s, warm-up".formatted(kernel.name(), engine),
        "ms",
        values,
        "to 90 %% of peak speed, goal up to %.0f: %s"
            .formatted(GOAL_MS, median <= GOAL_MS ? "met" : "missed"));
  }

  /** Nanoseconds from the first slice's begin to that of the first window that is fast. */
  static double warmedUpAfter(Slices slices) {
    List<Double> speeds = speeds(slices);
    double peak = Sample.of("", "", speeds.subList(speeds.size() / 2, speeds.size()), "").median();
    for (int i = 0; i < speeds.size(); i++) {
      if (speeds.get(i) >= SHARE_OF_PEAK * peak) {
        return slices.begins().get(i) - slices.begins().getFirst();
      }
    }
    throw new AssertionError("a median that nothing reaches");
  }

  /** Slices in a nanosecond, over the window that begins with each slice. */
  private static List<Double> speeds(Slices slices) {
    List<Double> speeds = new ArrayList<>();
    int count = slices.begins().size();
    int last = 0;
    for (int first = 0; first < count; first++) {
      last = Math.max(first, last);
      while (last < count && end(slices, last) - slices.begins().get(first) < WINDOW_NS) {
        last++;
      }
      if (last == count) {
        break;
      }
      double window = end(slices, last) - slices.begins().get(first);
      speeds.add((last - first + 1) / window);
    }
    return speeds;
  }

  private static long end(Slices slices, int slice) {
    return slices.begins().get(slice) + slices.spans().get(slice);
  }
}
