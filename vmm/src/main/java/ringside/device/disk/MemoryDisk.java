package ringside.device.disk;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks in the host's memory, gone with the process.
 *
 * <p>Invariant: a chunk that is not there reads as zero; one is there only after a write to it.
 * Zeroing whole chunks gives them back.
 */
public final class MemoryDisk implements Disk {
  private static final int CHUNK = 64 << 10;

  private final long bytes;
  private final TreeMap<Long, ByteBuffer> chunks = new TreeMap<>();

  /**
   * @param bytes size, at least 1
   */
  public MemoryDisk(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a disk of " + bytes + " bytes");
    }
    this.bytes = bytes;
  }

  /** Another disk with the same content. */
  public MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk(bytes);
    for (Map.Entry<Long, ByteBuffer> chunk : chunks.entrySet()) {
      copy.chunks.put(chunk.getKey(), newChunk().put(0, chunk.getValue(), 0, CHUNK));
    }
    return copy;
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
        Zeroes.put(into, length);
      } else {
        into.put(into.position(), chunk, inside, length).position(into.position() + length);
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
      ByteBuffer chunk = chunks.computeIfAbsent(at / CHUNK, _ -> newChunk());
      chunk.put(inside, from, from.position(), length);
      from.position(from.position() + length);
      at += length;
    }
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
    zeroPart(lastWhole * CHUNK, end);
  }

  /** Both ends lie in one chunk. */
  private void zeroPart(long from, long to) {
    ByteBuffer chunk = from < to ? chunks.get(from / CHUNK) : null;
    if (chunk != null) {
      Zeroes.put(chunk.duplicate().position((int) (from % CHUNK)), (int) (to - from));
    }
  }

  /** Memory that is there is as durable as it gets. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    chunks.clear();
  }

  private static ByteBuffer newChunk() {
    return ByteBuffer.allocate(CHUNK);
  }
}
