package ringside.device.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.memory.Copies;

/** Disks whose copies come later and are helped with, against an array. */
@Timeout(120)
class HelpedDisksTest {
  private static final int CHUNK = 65536;
  private static final int SIZE = 7 * CHUNK;
  private static final int BLOCK = 512;

  /** Pieces that are to be helped with before a test is over, however long that takes. */
  private static final int HELPED = 100;

  private static final int LEAST_ROUNDS = 300;

  /** What a read will have found, when it is there. */
  private record Read(byte[] found, byte[] expected) {}

  private final Copies copies = new Copies(true);
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] model = new byte[SIZE];
  private final List<Read> reads = new ArrayList<>();
  private volatile boolean over;
  private Thread helper;

  @BeforeEach
  void begin() {
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
    helper.join();
  }

  private void finish() {
    Thread.yield(); // to the helpers, where CPUs are few
    copies.finish();
    reads.forEach(read -> assertArrayEquals(read.expected(), read.found()));
    reads.clear();
  }

  /** Reads and writes that nobody waits for, among them whole chunks. */
  private void workWithHelp(Disk disk) throws IOException {
    for (int round = 0; round < LEAST_ROUNDS || copies.helped() < HELPED; round++) {
      int chunk = random.nextInt(SIZE / CHUNK) * CHUNK;
      boolean whole = random.nextInt(3) > 0;
      int from = whole ? chunk : random.nextInt(SIZE);
      int to = whole ? chunk + CHUNK : random.nextInt(from, SIZE) + 1;
      copies.later(random.nextInt(8) > 0);
      work(disk, from, to);
      if (random.nextInt(6) == 0) {
        finish();
      }
    }
    finish();
    copies.later(false);
    disk.flush();
    reads.add(read(disk, 0, SIZE));
    finish();
  }

  private void work(Disk disk, int from, int to) throws IOException {
    byte[] content = new byte[to - from];
    switch (random.nextInt(20)) {
      case 0 -> disk.flush();
      case 1 -> {
        disk.zero(from, to - from, random.nextBoolean());
        System.arraycopy(content, 0, model, from, content.length);
      }
      case 2, 3, 4, 5, 6, 7, 8, 9 -> reads.add(read(disk, from, to));
      default -> {
        random.nextBytes(content);
        disk.write(from, ByteBuffer.wrap(content));
        System.arraycopy(content, 0, model, from, content.length);
      }
    }
  }

  private Read read(Disk disk, int from, int to) throws IOException {
    byte[] found = new byte[to - from];
    disk.read(from, ByteBuffer.wrap(found));
    return new Read(found, Arrays.copyOfRange(model, from, to));
  }

  @Test
  void memory() throws IOException {
    try (MemoryDisk disk = new MemoryDisk(SIZE, copies)) {
      workWithHelp(disk);
    }
  }

  @Test
  void cache() throws IOException {
    try (Disk disk = new WriteCache(new MemoryDisk(SIZE, copies), BLOCK, BLOCK, SIZE / 2, copies)) {
      workWithHelp(disk);
    }
  }

  @Test
  void cacheThatHoldsNothing() throws IOException {
    try (Disk disk = new WriteCache(new MemoryDisk(SIZE, copies), BLOCK, BLOCK, 0, copies)) {
      workWithHelp(disk);
    }
  }
}
