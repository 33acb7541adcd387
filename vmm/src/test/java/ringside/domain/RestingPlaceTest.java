package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.memory.Copies;

/** What counts as rest, on a host that lets the thread go on late. */
@Timeout(60)
class RestingPlaceTest {
  private static final long LATE = 1_000_000_000;

  private final CoreLock lock = new CoreLock();

  private final AtomicInteger asked = new AtomicInteger();
  private final RestingPlace place = new RestingPlace(lock, this::hostNs, new Copies());
  private Runnable meanwhile = () -> {};

  /** 0 as the rest begins, 150 while it looks for a call, 300 if asked by what is done there. */
  private long hostNs() {
    int time = asked.getAndIncrement();
    if (time == 1) {
      lock.enter();
      meanwhile.run();
      lock.leave();
    }
    return time <= 2 ? 150 * time : LATE;
  }

  private void restFor(long ns) {
    lock.enter();
    place.rest(ns);
    lock.leave();
  }

  @Test
  void itIsTheTimeThatWasAskedFor() {
    restFor(1_000);
    assertEquals(1_000, place.restedNs());
  }

  @Test
  void itEndsWithTheCall() {
    meanwhile = () -> assertTrue(place.call());
    restFor(1_000);
    assertEquals(300, place.restedNs());
  }

  @Test
  void whatGoesOnIsCounted() {
    meanwhile = () -> assertEquals(300, place.restedNs());
    restFor(1_000);
    assertEquals(1_000, place.restedNs());
  }
}
