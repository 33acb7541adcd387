package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.cli.bench.KernelRunner.Slices;

class CpuWarmUpTest {
  private static final long MS = 1_000_000;

  private final Slices slices = new Slices();
  private long now = 12345;

  private void run(int count, long ns) {
    for (int i = 0; i < count; i++) {
      slices.begins().add(now);
      slices.spans().add(ns);
      now += ns;
    }
  }

  @Test
  void anEngineThatIsFastFromTheStartIsWarmAtOnce() {
    run(100, MS);
    assertEquals(0, CpuWarmUp.warmedUpAfter(slices));
  }

  @Test
  void slowSlicesAreWarmingUpAndOneFastAmongThemIsNot() {
    run(3, 20 * MS);
    run(1, MS);
    run(2, 20 * MS);
    run(200, MS);
    assertEquals(101 * MS, CpuWarmUp.warmedUpAfter(slices));
  }

  @Test
  void nineTenthsOfThePeakAreEnough() {
    run(50, 2 * MS);
    run(50, 105 * MS / 100);
    run(300, MS);
    assertEquals(100 * MS, CpuWarmUp.warmedUpAfter(slices), 5 * MS);
  }
}
