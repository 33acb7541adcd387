package ringside.device.pci;

/**
 * The 256 bytes of a function's configuration space (PCI Local Bus 3.0, chapter 6): values, and
 * which bits software can write.
 *
 * <p>Invariant: a bit that is not writable keeps its value, whatever is written.
 */
final class ConfigSpace {
  static final int BYTES = 256;

  private final int[] values = new int[BYTES / Integer.BYTES];
  private final int[] writable = new int[BYTES / Integer.BYTES];

  /** Sets a word, and which of its bits can be written. */
  ConfigSpace word(int offset, int value, int writableBits) {
    values[offset / Integer.BYTES] = value;
    writable[offset / Integer.BYTES] = writableBits;
    return this;
  }

  /** Changes bits of a word that the hardware itself sets. */
  void set(int offset, int bits, boolean on) {
    int word = offset / Integer.BYTES;
    values[word] = on ? values[word] | bits : values[word] & ~bits;
  }

  /** The aligned word at an offset. */
  int word(int offset) {
    return values[offset / Integer.BYTES];
  }

  /**
   * Reads 1, 2 or 4 bytes of one word.
   *
   * @return zero-extended
   */
  long read(int offset, int size) {
    return word(offset) >>> offset % Integer.BYTES * Byte.SIZE & mask(size);
  }

  void write(int offset, int size, long value) {
    int word = offset / Integer.BYTES;
    int shift = offset % Integer.BYTES * Byte.SIZE;
    int bits = (int) (mask(size) << shift) & writable[word];
    values[word] = values[word] & ~bits | (int) (value << shift) & bits;
  }

  private static long mask(int size) {
    return -1L >>> Long.SIZE - size * Byte.SIZE;
  }
}
