package ringside.device.disk;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.TreeSet;
import ringside.memory.Copies;

/**
 * Blocks in the host's memory, gone with the process.
 *
 * <p>Invariant: a chunk that is not there reads as zero; one is there only after a write to it.
 * Zeroing whole chunks gives them back. A chunk that a copy may have, too, is not written to.
 */
public final class MemoryDisk implements Disk {
  private static final int CHUNK = 64 << 10;

  private final long bytes;
  private final TreeMap<Long, ByteBuffer> chunks = new TreeMap<>();
  private final TreeSet<Long> shared = new TreeSet<>();

  private final Copies copies;

  /**
   * @param bytes size, at least 1
   */
  public MemoryDisk(long bytes) {
    this(bytes, new Copies(false));
  }

  /**
   * @param bytes size, at least 1
   * @param copies what is read and written is copied by these
   */
  public MemoryDisk(long bytes, Copies copies) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a disk of " + bytes + " bytes");
    }
    this.bytes = bytes;
    this.copies = copies;
  }

  /** Another disk with the same content; takes memory for what either writes from now on. */
  public MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk(bytes, copies);
    copy.chunks.putAll(chunks);
    copy.shared.addAll(chunks.keySet());
    shared.addAll(chunks.keySet());
    return copy;
  }

  /** A chunk to be written to; null when it is not there. */
  private ByteBuffer own(long index) {
    ByteBuffer chunk = chunks.get(index);
    if (chunk != null && shared.remove(index)) {
      ByteBuffer mine = newChunk();
      copies.copy(mine, 0, chunk, 0, CHUNK);
      chunks.put(index, mine);
      return mine;
    }
    return chunk;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    Ranges.check(this, offset, into.remaining());
    long at = offset;
    while (into.hasRemaining()) {
      int inside = (int) (at % CHUNK);
      int length = Math.min(CHUNK - inside, into.remaining());
      ByteBuffer chunk = chunks.get(at / CHUNK);
      if (chunk == null) {
        Zeroes.put(copies, into, length);
      } else {
        copies.copy(into, into.position(), chunk, inside, length);
        into.position(into.position() + length);
      }
      at += length;
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) {
    Ranges.check(this, offset, from.remaining());
    long at = offset;
    while (from.hasRemaining()) {
      int inside = (int) (at % CHUNK);
      int length = Math.min(CHUNK - inside, from.remaining());
      ByteBuffer chunk = own(at / CHUNK);
      if (chunk == null) {
        chunk = newChunk();
        chunks.put(at / CHUNK, chunk);
      }
      copies.copy(chunk, inside, from, from.position(), length);
      from.position(from.position() + length);
      at += length;
    }
  }

  @Override
  public ByteBuffer exchange(long offset, ByteBuffer content, int length) {
    boolean whole = length == CHUNK && content.capacity() == CHUNK && offset % CHUNK == 0;
    if (!whole) {
      write(offset, content.slice(0, length));
      return content;
    }
    Ranges.check(this, offset, length);
    ByteBuffer before = chunks.put(offset / CHUNK, content.clear());
    return shared.remove(offset / CHUNK) ? null : before;
  }

  @Override
  public void zero(long offset, long length, boolean deallocate) {
    Ranges.check(this, offset, length);
    long end = offset + length;
    long firstWhole = Math.ceilDiv(offset, CHUNK);
    long lastWhole = end / CHUNK;
    if (firstWhole >= lastWhole) {
      zeroPart(offset, Math.min(end, firstWhole * CHUNK));
      zeroPart(Math.max(offset, firstWhole * CHUNK), end);
      return;
    }
    zeroPart(offset, firstWhole * CHUNK);
    chunks.subMap(firstWhole, lastWhole).clear();
    shared.subSet(firstWhole, lastWhole).clear();
    zeroPart(lastWhole * CHUNK, end);
  }

  /** Both ends lie in one chunk. */
  private void zeroPart(long from, long to) {
    ByteBuffer chunk = from < to ? own(from / CHUNK) : null;
    if (chunk != null) {
      Zeroes.put(copies, chunk.duplicate().position((int) (from % CHUNK)), (int) (to - from));
    }
  }

  /** Memory that is there is as durable as it gets. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    chunks.clear();
    shared.clear();
  }

  private static ByteBuffer newChunk() {
    return ByteBuffer.allocate(CHUNK);
  }
}
