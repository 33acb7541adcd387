package ringside.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import ringside.memory.Frame;
import ringside.memory.MachineMemory;

class ByteRingTest {
  private static final int DATA = 0x400;
  private static final int SIZE = 0x800;
  private static final int CONSUMER = 0xc08;
  private static final int PRODUCER = 0xc0c;

  private static byte[] all(Frame page) {
    byte[] bytes = new byte[4096];
    page.read(0, bytes, 0, 4096);
    return bytes;
  }

  private static ByteRing ring(Frame page) {
    return new ByteRing(page, DATA, SIZE, CONSUMER, PRODUCER);
  }

  @Test
  void bytesComeOutAsTheyWentInAcrossTheEndOfTheRing() {
    try (MachineMemory memory = new MachineMemory(1 << 20);
        Frame page = Frame.allocate(memory)) {
      page.u32(CONSUMER, -100);
      page.u32(PRODUCER, -100);
      byte[] sent = new byte[SIZE];
      for (int i = 0; i < SIZE; i++) {
        sent[i] = (byte) (i * 7);
      }
      assertEquals(SIZE, ring(page).put(sent, 0, SIZE));
      assertEquals(0, ring(page).put(sent, 0, 1));
      byte[] got = new byte[SIZE];
      assertEquals(1000, ring(page).take(got, 0, 1000));
      assertEquals(SIZE - 1000, ring(page).take(got, 1000, SIZE));
      assertArrayEquals(sent, got);
      assertEquals(SIZE - 100, page.u32(CONSUMER));
    }
  }

  @Property(tries = 300)
  void noPositionsMakeItTouchAnythingElse(
      @ForAll int consumer, @ForAll int producer, @ForAll @IntRange(max = 5000) int length) {
    try (MachineMemory memory = new MachineMemory(1 << 20);
        Frame page = Frame.allocate(memory)) {
      byte[] pattern = new byte[4096];
      Arrays.fill(pattern, (byte) 0x5a);
      page.write(0, pattern, 0, 4096);
      page.u32(CONSUMER, consumer);
      page.u32(PRODUCER, producer);
      byte[] before = all(page);
      boolean sane = Integer.compareUnsigned(producer - consumer, SIZE) <= 0;

      int put = ring(page).put(new byte[length], 0, length);
      byte[] after = all(page);
      assertEquals(sane ? Math.min(length, SIZE - (producer - consumer)) : ByteRing.INSANE, put);
      assertArrayEquals(Arrays.copyOfRange(before, 0, DATA), Arrays.copyOfRange(after, 0, DATA));
      assertArrayEquals(
          Arrays.copyOfRange(before, DATA + SIZE, PRODUCER),
          Arrays.copyOfRange(after, DATA + SIZE, PRODUCER));
      int taken = ring(page).take(new byte[length], 0, length);
      assertTrue(sane ? taken <= length : taken == ByteRing.INSANE);
      assertEquals(sane ? producer + put : producer, page.u32(PRODUCER));
    }
  }
}
