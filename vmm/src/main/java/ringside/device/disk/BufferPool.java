package ringside.device.disk;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.stream.Stream;

/**
 * Buffers that were used and wait to be used again; their content is what it was.
 *
 * <p>Invariant: the capacity of each is a power of two from 512 bytes on; no more bytes wait than
 * the pool was made for.
 */
final class BufferPool {
  private static final int SMALLEST = 9;

  private final ImmutableList<ArrayDeque<ByteBuffer>> waiting =
      Stream.generate(() -> new ArrayDeque<ByteBuffer>())
          .limit(Integer.SIZE)
          .collect(toImmutableList());
  private final long capacity;
  private long bytes;

  BufferPool(long capacity) {
    this.capacity = capacity;
  }

  /** A buffer with room for at least so many bytes, at position 0. */
  ByteBuffer take(int length) {
    int order = Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
    ByteBuffer buffer = waiting.get(order).poll();
    if (buffer == null) {
      return ByteBuffer.allocateDirect(1 << order);
    }
    bytes -= buffer.capacity();
    return buffer.clear();
  }

  void giveBack(ByteBuffer buffer) {
    if (bytes + buffer.capacity() <= capacity) {
      bytes += buffer.capacity();
      waiting.get(Integer.numberOfTrailingZeros(buffer.capacity())).push(buffer);
    }
  }
}
