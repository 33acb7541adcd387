package ringside.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A part of a copy that was asked for: so many bytes from one place to another. A place is a number
 * in a memory, which is an array or, for all that is in none, the host's address space.
 *
 * <p>Invariant: it becomes another piece only after it was done.
 */
final class CopyPiece {
  private ByteBuffer to;
  private int at;
  private ByteBuffer from;
  private int start;
  private int length;

  private Object toMemory;
  private long toPlace;
  private Object fromMemory;
  private long fromPlace;

  void is(ByteBuffer newTo, int newAt, ByteBuffer newFrom, int newStart, int newLength) {
    to = newTo;
    at = newAt;
    from = newFrom;
    start = newStart;
    length = newLength;
    toMemory = memory(to);
    toPlace = place(to, at);
    fromMemory = memory(from);
    fromPlace = place(from, start);
  }

  /** Whether the memory of a buffer can be told: not that of an array that is read-only. */
  static boolean tells(ByteBuffer buffer) {
    return buffer.isDirect() || buffer.hasArray();
  }

  private static Object memory(ByteBuffer buffer) {
    return buffer.isDirect() ? null : buffer.array();
  }

  private static long place(ByteBuffer buffer, int index) {
    long first =
        buffer.isDirect()
            ? MemorySegment.ofBuffer(buffer).address() - buffer.position()
            : buffer.arrayOffset();
    return first + index;
  }

  /** Whether it matters which of the two is done first. */
  boolean touches(CopyPiece other) {
    return overlap(toMemory, toPlace, length, other.toMemory, other.toPlace, other.length)
        || overlap(toMemory, toPlace, length, other.fromMemory, other.fromPlace, other.length)
        || overlap(fromMemory, fromPlace, length, other.toMemory, other.toPlace, other.length);
  }

  private static boolean overlap(
      Object memory, long place, int length, Object other, long otherPlace, int otherLength) {
    long distance = place - otherPlace;
    return memory == other && distance < otherLength && -distance < length;
  }

  void copy() {
    to.put(at, from, start, length);
  }
}
