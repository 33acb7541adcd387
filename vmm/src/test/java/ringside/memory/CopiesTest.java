package ringside.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies alone, and with threads that help. */
@Timeout(60)
class CopiesTest {
  private static final int ROOM = 300_000;
  private static final int ROUNDS = 3_000;

  /** Copies that are to be helped with before a test is over; of those that could be. */
  private static final int HELPED = 500;

  private static final int MOST_SEEDS = 30;

  private static final int MOST = 1_000_000;

  private final Copies copies = new Copies();
  private volatile boolean over;
  private Thread[] helpers = {};

  private void helpers(int count) {
    helpers = new Thread[count];
    for (int i = 0; i < count; i++) {
      copies.helperComes();
      helpers[i] = Thread.ofPlatform().start(this::help);
    }
  }

  private void help() {
    while (!over) {
      if (!copies.help()) {
        Thread.onSpinWait();
      }
    }
    copies.helperLeaves();
  }

  @AfterEach
  void end() throws InterruptedException {
    over = true;
    for (Thread helper : helpers) {
      helper.join();
    }
  }

  private static byte[] random(SplittableRandom random) {
    byte[] bytes = new byte[ROOM];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Whoever helps too long would write what is older into the next round's buffer. */
  private void copyManyTimes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] source = random(random);
    ByteBuffer from = ByteBuffer.allocateDirect(ROOM).put(source).clear();
    byte[] expected = new byte[ROOM];
    ByteBuffer to = ByteBuffer.allocateDirect(ROOM);
    for (int round = 0; round < ROUNDS; round++) {
      int length = random.nextInt(ROOM + 1);
      int start = random.nextInt(ROOM - length + 1);
      int at = random.nextInt(ROOM - length + 1);
      System.arraycopy(source, start, expected, at, length);
      copies.copy(to, at, from, start, length);
      assertEquals(-1, to.mismatch(ByteBuffer.wrap(expected)), "seed " + seed + ", " + round);
    }
    assertEquals(0, to.position());
    assertEquals(0, from.position());
  }

  @Test
  void withoutHelp() {
    copyManyTimes(1);
    assertFalse(copies.help());
  }

  @Test
  void withHelpers() {
    helpers(2);
    for (long seed = 1; copies.helped() < HELPED && seed <= MOST_SEEDS; seed++) {
      copyManyTimes(seed);
    }
    assertTrue(copies.helped() >= HELPED, copies.helped() + " helped");
  }

  @Test
  void whatGoesWrongAtAHelperIsThrownToWhoeverCopies() {
    helpers(1);
    ByteBuffer to = ByteBuffer.allocate(ROOM);
    ByteBuffer from = ByteBuffer.allocate(ROOM - 1); // too short for the second half only
    for (int i = 0; i < MOST && copies.helped() == 0; i++) {
      assertThrows(IndexOutOfBoundsException.class, () -> copies.copy(to, 0, from, 0, ROOM));
    }
    assertEquals(1, copies.helped());
    assertTrue(helpers[0].isAlive());
    copyManyTimes(3);
  }

  /** The helper has the second half by then, or it is taken back; none is left to be taken. */
  @Test
  void aCopyWhoseOwnHalfGoesWrongLeavesNothingToHelpWith() {
    helpers(1);
    ByteBuffer to = ByteBuffer.allocate(ROOM);
    ByteBuffer from = ByteBuffer.allocate(ROOM);
    for (int i = 0; i < MOST && copies.helped() == 0; i++) {
      assertThrows(IndexOutOfBoundsException.class, () -> copies.copy(to, 0, from, -1, ROOM));
      assertFalse(copies.help());
    }
    assertEquals(1, copies.helped());
    copyManyTimes(4);
  }

  @Test
  void twoThatCopyAtOnceAreNotInEachOthersWay() throws Exception {
    helpers(1);
    FutureTask<Void> other = new FutureTask<>(() -> copyManyTimes(5), null);
    Thread.ofPlatform().start(other);
    copyManyTimes(6);
    other.get();
  }
}
