package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import java.util.SplittableRandom;

/**
 * One thing that the host does.
 *
 * @param bits where its details come from, looked at together with what the host has by then: so
 *     that a list of steps stays meaningful when some are left out
 */
record Step(Kind kind, long bits) {
  enum Kind {
    IO(40),
    ADMIN(6),
    QUEUES(4),
    RING(14),
    ACKNOWLEDGE(14),
    WAIT(14),
    MASK(3),
    BAD_DOORBELL(1),
    REGISTERS(1),
    QUIESCE(1),
    RESET(0.3),
    WRONG_START(0.1),
    SHUTDOWN(0.15),
    POWER_CUT(0.3),
    BUS_MASTER(0.2);

    private final double weight;

    Kind(double weight) {
      this.weight = weight;
    }
  }

  private static final double TOTAL = sum();

  private static double sum() {
    double sum = 0;
    for (Kind kind : Kind.values()) {
      sum += kind.weight;
    }
    return sum;
  }

  /** A list of steps, always the same for a seed. */
  static ImmutableList<Step> list(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      steps.add(new Step(kind(random.nextDouble(TOTAL)), random.nextLong()));
    }
    return steps.build();
  }

  private static Kind kind(double at) {
    double left = at;
    for (Kind kind : Kind.values()) {
      left -= kind.weight;
      if (left < 0) {
        return kind;
      }
    }
    return Kind.IO;
  }
}
