package ringside.fuzz.nvme;

import java.nio.ByteBuffer;

/** Blocks whose every byte says which write it is from, and of which block. */
final class Content {
  /** What a block of zeroes is. */
  static final long ZERO = 0;

  /** What a block is that holds no whole write. */
  static final long TORN = -1;

  private static final int LBA_BITS = 12;
  private static final long POISON = 0xbad0_bad0_bad0_bad0L;

  private Content() {}

  /** The content of one block of a write. */
  static long tag(long write, int lba) {
    return (write << LBA_BITS) | lba;
  }

  static String name(long tag) {
    if (tag == ZERO) {
      return "zeroes";
    }
    return tag == TORN
        ? "torn"
        : "block %d of write %d".formatted(tag & (1 << LBA_BITS) - 1, tag >> LBA_BITS);
  }

  /** Fills one block. */
  static void fill(byte[] into, int offset, int length, long tag) {
    ByteBuffer block = ByteBuffer.wrap(into, offset, length);
    for (int i = 0; block.hasRemaining(); i++) {
      block.putLong(word(tag, i));
    }
  }

  private static long word(long tag, int i) {
    return tag == ZERO ? 0 : tag + i * 0x9e37_79b9_7f4a_7c15L;
  }

  /** Which content a block has, {@link #TORN} when it is none. */
  static long parse(byte[] from, int offset, int length) {
    ByteBuffer block = ByteBuffer.wrap(from, offset, length);
    long tag = block.getLong(offset);
    for (int i = 0; block.hasRemaining(); i++) {
      if (block.getLong() != word(tag, i)) {
        return TORN;
      }
    }
    return tag;
  }

  /** Makes sure that old content is not taken for new. */
  static void poison(ByteBuffer buffer) {
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(POISON);
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) POISON);
    }
  }
}
