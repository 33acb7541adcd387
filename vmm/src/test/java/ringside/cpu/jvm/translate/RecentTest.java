package ringside.cpu.jvm.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecentTest {
  private static final long WINDOW = 1L << 28;

  private final Recent recent = new Recent();

  private void more(int times, long ticks) {
    for (int k = 0; k < times; k++) {
      recent.more(1, ticks);
    }
  }

  @Test
  void whatHappensInOneWindowIsCounted() {
    more(1_000, 5 * WINDOW);
    recent.more(1_000, 6 * WINDOW - 1);
    assertEquals(2_000, recent.count());
  }

  @Test
  void theCountHalvesWithEveryWindow() {
    more(1_000, 0);
    more(1, 3 * WINDOW);
    assertEquals(1_000 / 8 + 1, recent.count());
  }

  @Test
  void longAgoIsForgotten() {
    more(1_000_000, 0);
    more(1, 64 * WINDOW);
    assertEquals(1, recent.count());
  }

  @Test
  void theSameRateCountsTwiceAtMost() {
    for (int w = 0; w < 100; w++) {
      more(1_000, w * WINDOW);
      assertTrue(recent.count() <= 2_000);
    }
    assertTrue(recent.count() > 1_990);
  }
}
