package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.cli.bench.RingSpans.Load;

class RingSpansTest {
  private static final Load SCQ = new Load("scq", "split", 2);
  private static final Load LOCK = new Load("lock", "split", 2);

  private final RingSpans guests = new RingSpans(10, 1);
  private final RingSpans natively = new RingSpans(10, 0);

  @Test
  void runsThatWarmUpAndThoseInWhichAThreadWasAwayDoNotCount() {
    guests.add(SCQ, 9000, 9000);
    guests.add(SCQ, 800, 800);
    guests.add(SCQ, 7000, 6649);
    guests.add(SCQ, 1000, 950);
    assertEquals(List.of(80.0, 100.0), guests.sample("scq", SCQ).values());
  }

  @Test
  void aRingIsComparedWithTheLockRingAndBothWithWhatTheyAreNatively() {
    for (int i = 0; i < 2; i++) {
      guests.add(SCQ, 800, 800);
      guests.add(LOCK, 600, 600);
      natively.add(SCQ, 400, 400);
      natively.add(LOCK, 500, 500);
    }
    assertEquals(
        "a put or take, 1 samples; 0.75 x the lock ring's speed (natively 1.25 x); 2.00 x native",
        guests.sample("scq", SCQ, natively).how());
    assertEquals(
        "a put or take, 2 samples; 1.25 x the lock ring's speed",
        natively.sample("scq", SCQ).how());
  }

  @Test
  void whatWasNotMeasuredNativelyIsNotCompared() {
    guests.add(SCQ, 9000, 9000);
    guests.add(SCQ, 800, 800);
    natively.add(SCQ, 400, 0);
    assertEquals("a put or take, 1 samples", guests.sample("scq", SCQ, natively).how());
    assertTrue(natively.sample("scq", SCQ).how().startsWith("not measured: "));
  }
}
