package ringside.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file in memory that is full at some size: writes up to there, then fails. */
final class MemoryChannel implements SeekableByteChannel {
  private final int capacity;
  private byte[] bytes = {};
  private int position;
  private boolean open = true;

  MemoryChannel() {
    this(Integer.MAX_VALUE);
  }

  MemoryChannel(int capacity) {
    this.capacity = capacity;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int length = Math.min(source.remaining(), capacity - position);
    if (length == 0) {
      throw new IOException("No space left on device");
    }
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length, position + length));
    source.get(bytes, position, length);
    position += length;
    return length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length, size));
    position = Math.min(position, bytes.length);
    return this;
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
