package ringside.device.disk;

import java.nio.ByteBuffer;
import ringside.memory.Copies;

/** Zero bytes to copy from, and to compare with. */
final class Zeroes {
  /** Bytes in {@link #BLOCK}. */
  static final int LENGTH = 64 << 10;

  private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(LENGTH).asReadOnlyBuffer();

  private Zeroes() {}

  /** Puts zeroes at the buffer's position, which moves behind them. */
  static void put(Copies copies, ByteBuffer into, int length) {
    for (int left = length; left > 0; ) {
      int part = Math.min(left, LENGTH);
      copies.copy(into, into.position(), BLOCK, 0, part);
      into.position(into.position() + part);
      left -= part;
    }
  }

  /**
   * @param length at most {@link #LENGTH}
   */
  static ByteBuffer of(int length) {
    return BLOCK.slice(0, length);
  }
}
