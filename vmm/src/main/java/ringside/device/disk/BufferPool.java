package ringside.device.disk;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Buffers that were used and wait to be used again; their content is what it was.
 *
 * <p>Invariant: the capacity of each is a power of two from 512 bytes on; no more bytes wait than
 * the pool was made for. Those of the size that nobody has wanted for longest make room: a guest
 * that goes over to other sizes does not have a new buffer made for each of its writes.
 */
final class BufferPool {
  private static final int SMALLEST = 9;

  private final ImmutableList<ArrayDeque<ByteBuffer>> waiting =
      Stream.generate(() -> new ArrayDeque<ByteBuffer>())
          .limit(Integer.SIZE)
          .collect(toImmutableList());
  private final long capacity;
  private long bytes;
  private long takes;

  /** By order: {@link #takes} when one was wanted last. */
  private final long[] wanted = new long[Integer.SIZE];

  BufferPool(long capacity) {
    this.capacity = capacity;
  }

  /** A buffer with room for at least so many bytes, at position 0. */
  ByteBuffer take(int length) {
    int order = Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
    wanted[order] = ++takes;
    ByteBuffer buffer = waiting.get(order).poll();
    if (buffer == null) {
      return ByteBuffer.allocate(1 << order);
    }
    bytes -= buffer.capacity();
    return buffer.clear();
  }

  void giveBack(ByteBuffer buffer) {
    waiting.get(Integer.numberOfTrailingZeros(buffer.capacity())).push(buffer);
    bytes += buffer.capacity();
    while (bytes > capacity) {
      bytes -= waiting.get(leastWanted()).pop().capacity();
    }
  }

  /** Of the orders of which some wait. */
  private int leastWanted() {
    return IntStream.range(0, wanted.length)
        .filter(order -> !waiting.get(order).isEmpty())
        .boxed()
        .min(Comparator.comparingLong(order -> wanted[order]))
        .orElseThrow();
  }
}
