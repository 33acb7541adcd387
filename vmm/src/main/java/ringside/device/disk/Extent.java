package ringside.device.disk;

import java.nio.ByteBuffer;

/**
 * One write that is in a cache and not yet on the disk behind it.
 *
 * @param sequence later writes have higher ones
 * @param offset first byte on the disk
 * @param length in bytes
 * @param content from 0 to {@code length}; null when the bytes are zero
 * @param deallocate of zeroes: the room may be given back
 */
record Extent(long sequence, long offset, long length, ByteBuffer content, boolean deallocate) {
  long end() {
    return offset + length;
  }

  /** The bytes from one offset on the disk to another, which both lie in this extent. */
  ByteBuffer slice(long from, long to) {
    return content.slice((int) (from - offset), (int) (to - from));
  }

  /** What the cache must have room for. */
  long cost() {
    return content == null ? 0 : content.capacity();
  }
}
