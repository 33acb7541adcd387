package ringside.device.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Which buffers wait, and which make room. */
class BufferPoolTest {
  private static final int SMALL = 4096;
  private static final int LARGE = 8192;

  private final BufferPool pool = new BufferPool(2 * LARGE);

  private void waits(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      pool.giveBack(buffer);
    }
  }

  @Test
  void aBufferHasRoomAndIsTakenAgainFromItsBegin() {
    ByteBuffer buffer = pool.take(SMALL - 1);
    assertEquals(SMALL, buffer.capacity());
    waits(buffer.position(7).limit(9));
    assertSame(buffer, pool.take(SMALL));
    assertEquals(SMALL, buffer.remaining());
  }

  @Test
  void noMoreWaitThanThePoolWasMadeFor() {
    ByteBuffer first = pool.take(LARGE);
    ByteBuffer second = pool.take(LARGE);
    ByteBuffer third = pool.take(LARGE);
    waits(first, second, third);
    assertSame(second, pool.take(LARGE));
    assertSame(first, pool.take(LARGE));
    assertNotSame(third, pool.take(LARGE));
  }

  /** A guest has written in large pieces, and now writes in small ones, for ever. */
  @Test
  void sizesThatNobodyWantsAnyMoreMakeRoom() {
    ByteBuffer first = pool.take(LARGE);
    ByteBuffer second = pool.take(LARGE);
    waits(first, second);
    ByteBuffer small = pool.take(SMALL);
    waits(small);
    assertSame(small, pool.take(SMALL));
    waits(small);
    assertSame(first, pool.take(LARGE));
    assertNotSame(second, pool.take(LARGE));
  }

  @Test
  void oneThatIsLargerThanThePoolIsLetGo() {
    ByteBuffer buffer = pool.take(4 * LARGE);
    waits(buffer);
    assertNotSame(buffer, pool.take(4 * LARGE));
  }
}
