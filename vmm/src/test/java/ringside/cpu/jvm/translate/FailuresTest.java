package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailuresTest {
  /** Failures until there are too many; at most {@code most}. */
  private static int until(Failures failures, long ticks, long each, int most) {
    for (int i = 1; i <= most; i++) {
      if (failures.tooMany(ticks + i * each)) {
        return i;
      }
    }
    return most + 1;
  }

  @Test
  void nothingButFailuresAreTooMany() {
    assertEquals(Failures.MANY, until(new Failures(), 0, 0, Failures.MANY));
  }

  @Test
  void theyAreOutweighedByWhatIsExecutedBetweenThem() {
    int most = 10 * Failures.MANY;
    assertEquals(most + 1, until(new Failures(), 0, Failures.WORTH, most));
    assertEquals(Failures.MANY, until(new Failures(), 0, Failures.WORTH - 1, most));
  }

  @Test
  void whatWasExecutedLongBeforeDoesNotCount() {
    Failures failures = new Failures();
    long ticks = 1L << 40;
    int before = Failures.MANY / 2;
    assertEquals(before + 1, until(failures, ticks, 0, before));
    int first = Failures.MANY - before; // these are judged with what was executed before them
    assertEquals(first + Failures.MANY, until(failures, ticks, 0, 10 * Failures.MANY));
  }
}
