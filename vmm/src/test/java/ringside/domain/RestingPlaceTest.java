package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.memory.Copies;

/** What counts as rest, on a host that lets the thread go on late. */
@Timeout(60)
class RestingPlaceTest {
  private static final long LATE = 1_000_000_000;
  private static final int MOST_LOOKS = 100_000_000;

  private final CoreLock lock = new CoreLock(new Copies(true));

  private final AtomicInteger asked = new AtomicInteger();
  private final RestingPlace place = new RestingPlace(lock, this::hostNs, new Copies(true));
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

  /** The clock stands still until it has helped, or long enough. */
  @Test
  void whoLooksHelpsWithCopies() throws InterruptedException {
    Copies copies = new Copies(true);
    copies.later(true);
    LongSupplier clock =
        () -> copies.helped() == 0 && asked.getAndIncrement() < MOST_LOOKS ? 0 : LATE;
    RestingPlace helper = new RestingPlace(lock, clock, copies);
    byte[] source = new byte[1 << 20];
    Arrays.fill(source, (byte) 1);
    ByteBuffer copy = ByteBuffer.allocate(source.length);
    Thread busy =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (copies.helped() == 0 && asked.get() < MOST_LOOKS) {
                    copies.copy(copy, 0, ByteBuffer.wrap(source), 0, source.length);
                    copies.finish();
                  }
                });
    lock.enter();
    helper.rest(1_000);
    lock.leave();
    busy.join();
    assertArrayEquals(source, copy.array());
    assertTrue(copies.helped() > 0);
  }
}
