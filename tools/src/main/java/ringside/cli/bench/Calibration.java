package ringside.cli.bench;

import ringside.cli.bench.KernelRunner.Kernel;
import ringside.cli.bench.KernelRunner.Order;

/** Finds out how many rounds of a kernel make a slice that is long enough for the clock. */
final class Calibration {
  /** A slice is to be 50 ms; what is left is for the noise of the measurement. */
  static final long SLICE_NS = 60_000_000;

  private static final int MOST_GROWTH = 16;

  /** Full speed is reached when so many runs were not faster than one before, to a tenth. */
  private static final int CALM_RUNS = 2;

  private static final double FASTER = 0.9;
  private static final int MOST_RUNS = 12;

  private Calibration() {}

  /**
   * Rounds of a slice of {@link #SLICE_NS} at full speed.
   *
   * @param warmSlices slices of a run; there are runs until they become no faster
   */
  static long rounds(KernelRunner runner, Kernel kernel, int warmSlices) {
    long rounds = 1;
    long last = 0;
    while (last < SLICE_NS) {
      last = runner.run(new Order(kernel, rounds, 1, 0)).fastest();
      rounds = grown(rounds, last);
    }
    double best = Double.MAX_VALUE;
    for (int calm = 0, runs = 0; calm < CALM_RUNS && runs < MOST_RUNS; runs++) {
      long ns = runner.run(new Order(kernel, rounds, warmSlices, 0)).fastest();
      double each = (double) ns / rounds;
      calm = each < FASTER * best ? 0 : calm + 1;
      best = Math.min(best, each);
      rounds = grown(rounds, ns);
    }
    return rounds;
  }

  /** Rounds for a slice, when so many took so long; more than that by a bounded factor only. */
  private static long grown(long rounds, long ns) {
    double factor = Math.min(MOST_GROWTH, 1.1 * SLICE_NS / Math.max(1, ns));
    return Math.max(1, (long) Math.ceil(rounds * factor));
  }
}
