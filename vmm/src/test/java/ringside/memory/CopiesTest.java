package ringside.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies alone, and with threads that help; on a busy host these seldom come to it. */
@Timeout(120)
class CopiesTest {
  private static final int ROOM = 300_000;
  private static final int ROUNDS = 3_000;

  /** More than there may be pieces under way. */
  private static final int LARGE = 129 * (64 << 10);

  /** Pieces that are to be helped with before a test is over, however long that takes. */
  private static final int HELPED = 200;

  private final Copies copies = new Copies(true);
  private volatile boolean over;
  private Thread[] helpers = {};

  private void helpers(int count) {
    helpers = new Thread[count];
    for (int i = 0; i < count; i++) {
      helpers[i] = Thread.ofPlatform().start(this::help);
    }
  }

  private void help() {
    while (!over) {
      if (!copies.help()) {
        Thread.onSpinWait();
      }
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    over = true;
    for (Thread helper : helpers) {
      helper.join();
    }
  }

  /** Memory as copies have it: direct, in an array, or part of one. */
  private static ByteBuffer[] memories(SplittableRandom random) {
    byte[] array = new byte[2 * ROOM];
    ByteBuffer[] memories = {
      ByteBuffer.allocateDirect(ROOM),
      ByteBuffer.wrap(array).slice(ROOM / 2, ROOM),
      ByteBuffer.allocateDirect(2 * ROOM).slice(ROOM, ROOM).position(ROOM / 3),
      ByteBuffer.wrap(new byte[ROOM]),
    };
    for (ByteBuffer memory : memories) {
      byte[] bytes = new byte[ROOM];
      random.nextBytes(bytes);
      memory.put(0, bytes);
    }
    return memories;
  }

  private static byte[] content(ByteBuffer memory) {
    byte[] content = new byte[ROOM];
    memory.get(0, content);
    return content;
  }

  /**
   * Many copies whose places overlap, against arrays. Whoever helped too long would write what is
   * older over what came later.
   */
  private static void copyManyTimes(Copies copies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer[] memories = memories(random);
    byte[][] expected = new byte[memories.length][];
    for (int i = 0; i < memories.length; i++) {
      expected[i] = content(memories[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      int to = random.nextInt(memories.length);
      int from = (to + random.nextInt(1, memories.length)) % memories.length;
      int length = random.nextInt(random.nextBoolean() ? 100 : ROOM);
      int start = random.nextInt(ROOM - length + 1);
      int at = random.nextInt(ROOM - length + 1);
      ByteBuffer source = random.nextInt(10) == 0 ? readOnly(memories[from]) : memories[from];
      copies.later(random.nextInt(5) > 0);
      copies.copy(memories[to], at, source, start, length);
      System.arraycopy(expected[from], start, expected[to], at, length);
      if (random.nextInt(8) == 0) {
        Thread.yield(); // to the helpers, where CPUs are few
        copies.finish();
        assertTrue(copies.isFinished());
        for (int i = 0; i < memories.length; i++) {
          int wrong = memories[i].duplicate().clear().mismatch(ByteBuffer.wrap(expected[i]));
          assertEquals(-1, wrong, "seed " + seed + ", round " + round + ", memory " + i);
        }
      }
    }
    copies.finish();
  }

  private static ByteBuffer readOnly(ByteBuffer memory) {
    return memory.asReadOnlyBuffer();
  }

  @Test
  void withoutHelpersEachIsThereAtOnce() {
    Copies alone = new Copies(false);
    alone.later(true);
    ByteBuffer to = ByteBuffer.allocate(ROOM);
    alone.copy(to, 1, ByteBuffer.allocate(ROOM).put(0, (byte) 7), 0, ROOM - 1);
    assertEquals(7, to.get(1));
    assertTrue(alone.isFinished());
    copyManyTimes(alone, 1);
    assertFalse(alone.help());
  }

  @Test
  void whereHelpersAreBusyFinishDoesItAll() {
    copyManyTimes(copies, 2);
    assertFalse(copies.help());
    assertEquals(0, copies.helped());
  }

  @Test
  void withHelpers() {
    helpers(2);
    for (long seed = 1; copies.helped() < HELPED; seed++) {
      copyManyTimes(copies, seed);
    }
  }

  @Test
  void whoHelpsDoesAPieceAtATime() {
    ByteBuffer to = ByteBuffer.allocate(LARGE);
    ByteBuffer from = ByteBuffer.allocate(LARGE);
    from.put(0, (byte) 1).put(64 << 10, (byte) 2);
    copies.later(true);
    copies.copy(to, 0, from, 0, 128 << 10);
    assertEquals(0, to.get(0));
    assertTrue(copies.help());
    assertEquals(1, to.get(0));
    assertEquals(0, to.get(64 << 10));
    assertFalse(copies.isFinished());
    assertTrue(copies.help());
    assertEquals(2, to.get(64 << 10));
    assertFalse(copies.help());
    assertEquals(2, copies.helped());
    copies.finish();
    assertTrue(copies.isFinished());
  }

  @Test
  void moreThanThereIsRoomForWaitsForThoseBefore() {
    ByteBuffer to = ByteBuffer.allocate(LARGE);
    ByteBuffer from = ByteBuffer.allocate(LARGE);
    new SplittableRandom(5).nextBytes(from.array());
    copies.later(true);
    copies.copy(to, 0, from, 0, LARGE);
    assertFalse(copies.isFinished());
    copies.finish();
    assertEquals(-1, to.mismatch(from));
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsCopied() {
    ByteBuffer to = ByteBuffer.allocate(ROOM);
    ByteBuffer from = ByteBuffer.allocate(ROOM - 1);
    copies.later(true);
    assertThrows(IndexOutOfBoundsException.class, () -> copies.copy(to, 0, from, 0, ROOM));
    assertThrows(IndexOutOfBoundsException.class, () -> copies.copy(from, 0, to, 0, ROOM));
    assertTrue(copies.isFinished());
  }

  @Test
  void whatGoesWrongAtAHelperIsThrownToWhoeverFinishes() {
    helpers(1);
    ByteBuffer to = ByteBuffer.allocateDirect(ROOM).asReadOnlyBuffer();
    ByteBuffer from = ByteBuffer.allocate(ROOM);
    while (copies.helped() == 0) {
      copies.later(true);
      copies.copy(to, 0, from, 0, 32 << 10);
      assertThrows(ReadOnlyBufferException.class, copies::finish);
    }
    assertEquals(1, copies.helped());
    assertTrue(helpers[0].isAlive());
    copyManyTimes(copies, 3);
  }
}
