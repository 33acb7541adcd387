package ringside.device.nvme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;
import ringside.memory.Copies;

/**
 * Commands of one doorbell whose data others help to copy have the effects of one after the other,
 * even where they have blocks or memory in common.
 */
@Timeout(120)
class HelpedTransfersTest {
  private static final int PAGE = 4096;
  private static final int BLOCK = 512;
  private static final int PAGES = 64;
  private static final int MEMORY = PAGES * PAGE;
  private static final int MOST_PAGES = 20;

  /** Of a doorbell, as the rig has room for. */
  private static final int MOST_COMMANDS = 7;

  /** Pieces that are to be helped with before a test is over, however long that takes. */
  private static final int HELPED = 100;

  private static final int LEAST_ROUNDS = 300;
  private static final long LISTS = Rig.DATA + MEMORY;

  /**
   * Commands take no time; as each is fetched, the helper has its chance on a host with few CPUs.
   */
  private static final LatencyModel GIVES_WAY =
      new LatencyModel() {
        @Override
        public long done(Work work, long bytes, long now) {
          Thread.yield();
          return now;
        }

        @Override
        public void reset() {}
      };

  private final Copies copies = new Copies(true);
  private final byte[] disk = new byte[MEMORY];
  private final byte[] memory = new byte[MEMORY];
  private volatile boolean over;
  private Thread helper;

  private Bench bench(boolean cached) {
    MemoryDisk behind = new MemoryDisk(MEMORY, copies);
    Namespace namespace =
        new Namespace(
            1, cached ? new WriteCache(behind, BLOCK, BLOCK, 1 << 18, copies) : behind, BLOCK, 1);
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) LISTS + MOST_COMMANDS * PAGE);
    Bench bench = new Bench(bytes, GIVES_WAY, copies, namespace);
    bench.rig.start();
    return bench;
  }

  private void help() {
    helper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over) {
                    copies.help();
                  }
                });
  }

  @AfterEach
  void end() throws InterruptedException {
    over = true;
    if (helper != null) {
      helper.join();
    }
  }

  /** Memory that is contiguous, as a rule, at any page; a list as long as it takes. */
  private void put(Bench bench, SplittableRandom random, int number) {
    int pages = random.nextInt(5) == 0 ? 1 : random.nextInt(8, MOST_PAGES + 1);
    int first = random.nextInt(PAGES - pages + 1);
    int block = random.nextInt(PAGES - pages + 1);
    int opcode =
        switch (random.nextInt(20)) {
          case 0 -> IoCommands.FLUSH;
          case 1 -> IoCommands.WRITE_ZEROES;
          case 2, 3, 4, 5, 6, 7, 8, 9 -> IoCommands.READ;
          default -> IoCommands.WRITE;
        };
    boolean reversed = random.nextInt(6) == 0;
    long list = LISTS + (long) number * PAGE;
    for (int i = 0; i < pages; i++) {
      int page = first + (reversed ? pages - 1 - i : i);
      if (i > 0) {
        bench.memory(list, PAGE).putLong((i - 1) * 8, Rig.DATA + (long) page * PAGE);
      }
      model(opcode, (block + i) * PAGE, page * PAGE);
    }
    long prp1 = Rig.DATA + (first + (reversed ? pages - 1L : 0)) * PAGE;
    long prp2 = pages == 2 ? bench.memory(list, PAGE).getLong(0) : list;
    int blocks = pages * PAGE / BLOCK;
    bench.rig.put(Rig.IO, number, opcode, 1, prp1, prp2, block * PAGE / BLOCK, 0, blocks - 1);
  }

  private void model(int opcode, int at, int page) {
    switch (opcode) {
      case IoCommands.READ -> System.arraycopy(disk, at, memory, page, PAGE);
      case IoCommands.WRITE -> System.arraycopy(memory, page, disk, at, PAGE);
      case IoCommands.WRITE_ZEROES -> System.arraycopy(new byte[PAGE], 0, disk, at, PAGE);
      default -> {}
    }
  }

  /** All complete in their order, and the data are there. */
  private void ringAndCheck(Bench bench, int commands, String when) {
    bench.rig.ring(Rig.IO);
    for (int i = 0; i < commands; i++) {
      assertEquals(new Rig.Done(i, Status.SUCCESS, 0), bench.rig.poll(Rig.IO), when);
    }
    byte[] found = new byte[MEMORY];
    bench.memory(Rig.DATA, MEMORY).get(0, found);
    assertArrayEquals(memory, found, when);
    assertTrue(copies.isFinished());
  }

  private void manyDoorbells(Bench bench, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int helped = helper == null ? 0 : HELPED;
    for (int round = 0; round < LEAST_ROUNDS || copies.helped() < helped; round++) {
      random.nextBytes(memory);
      bench.memory(Rig.DATA, MEMORY).put(0, memory);
      int commands = random.nextInt(1, MOST_COMMANDS + 1);
      for (int i = 0; i < commands; i++) {
        put(bench, random, i);
      }
      ringAndCheck(bench, commands, "seed " + seed + ", doorbell " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withHelp(boolean cached) {
    Bench bench = bench(cached);
    help();
    manyDoorbells(bench, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whileAllAreBusy(boolean cached) {
    manyDoorbells(bench(cached), 2);
  }

  /** A reset, for instance, finds nothing that is half done. */
  @Test
  void whoComesInBetweenFindsWhatWasFetchedDone() {
    Bench bench = bench(false);
    int[] times = {0};
    bench.between =
        () -> {
          assertTrue(copies.isFinished());
          assertEquals(times[0]++, bench.rig.poll(Rig.IO).cid());
        };
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < MOST_COMMANDS; i++) {
      put(bench, random, i);
    }
    bench.rig.ring(Rig.IO);
    assertEquals(MOST_COMMANDS, times[0]);
  }
}
