package ringside.device.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a namespace's blocks are kept in: a file or memory, with or without a volatile write cache
 * before it. Offsets and lengths are in bytes; whoever calls has checked them against {@link
 * #bytes}. One call carries whole logical blocks: a block split over two calls could be torn.
 */
public interface Disk extends AutoCloseable {
  /** Size in bytes; never changes. */
  long bytes();

  /** Fills the buffer's remaining bytes. */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Takes the buffer's remaining bytes. Durable only after a flush. */
  void write(long offset, ByteBuffer from) throws IOException;

  /**
   * Takes a buffer's first bytes as {@link #write} does, and perhaps the buffer itself, which the
   * caller does not touch any more then.
   *
   * @param length bytes, from 0 on, in the buffer
   * @return a buffer of the same capacity whose content nobody needs, instead; or null
   */
  default ByteBuffer exchange(long offset, ByteBuffer content, int length) throws IOException {
    write(offset, content.slice(0, length));
    return content;
  }

  /**
   * Takes the buffer's remaining bytes and makes them durable before it returns (NVMe: force unit
   * access). Says nothing about what was written before.
   */
  default void writeThrough(long offset, ByteBuffer from) throws IOException {
    write(offset, from);
    flush();
  }

  /**
   * Makes bytes read as zero. Durable only after a flush.
   *
   * @param deallocate the room they take may be given back (NVMe: deallocate)
   */
  void zero(long offset, long length, boolean deallocate) throws IOException;

  /** Makes durable all that was written before. */
  void flush() throws IOException;

  @Override
  void close() throws IOException;
}
