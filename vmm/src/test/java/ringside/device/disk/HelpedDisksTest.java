package ringside.device.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.memory.Copies;

/** Disks whose copies another thread lends a hand with, against an array. */
@Timeout(60)
class HelpedDisksTest {
  private static final int SIZE = 7 * 65536;
  private static final int BLOCK = 512;

  /** Copies that must have been helped with before a test is over. */
  private static final int HELPED = 300;

  private static final int MOST_ROUNDS = 5_000;

  private final Copies copies = new Copies();
  private final Random random = new Random(1);
  private volatile boolean over;
  private Thread helper;

  @BeforeEach
  void begin() {
    copies.helperComes();
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

  private void writeAndReadWithHelp(Disk disk) throws IOException {
    byte[] model = new byte[SIZE];
    byte[] content = new byte[SIZE];
    for (int round = 0; round < MOST_ROUNDS && copies.helped() < HELPED; round++) {
      int from = random.nextInt(SIZE);
      int to = random.nextInt(from, SIZE) + 1;
      random.nextBytes(content);
      disk.write(from, ByteBuffer.wrap(content, from, to - from));
      System.arraycopy(content, from, model, from, to - from);
      int start = random.nextInt(SIZE);
      int end = random.nextInt(start, SIZE) + 1;
      byte[] read = new byte[end - start];
      disk.read(start, ByteBuffer.wrap(read));
      assertArrayEquals(Arrays.copyOfRange(model, start, end), read);
    }
    assertTrue(copies.helped() >= HELPED, copies.helped() + " helped");
  }

  @Test
  void memory() throws IOException {
    try (MemoryDisk disk = new MemoryDisk(SIZE, copies)) {
      writeAndReadWithHelp(disk);
    }
  }

  @Test
  void cache() throws IOException {
    Disk behind = new MemoryDisk(SIZE);
    try (Disk disk = new WriteCache(behind, BLOCK, BLOCK, SIZE / 2, copies)) {
      writeAndReadWithHelp(disk);
    }
  }
}
