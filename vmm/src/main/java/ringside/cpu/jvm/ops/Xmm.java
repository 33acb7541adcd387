package ringside.cpu.jvm.ops;

/**
 * 128 bits: the value of an XMM register or of a 16-byte operand. Elements count from the low end.
 */
record Xmm(long low, long high) {
  static final Xmm ZERO = new Xmm(0, 0);

  /** Element of 1, 2, 4 or 8 bytes, zero-extended. */
  long element(int index, int size) {
    int bit = index * size * 8;
    long half = bit < 64 ? low : high;
    return size == 8 ? half : half >>> (bit & 63) & (1L << size * 8) - 1;
  }

  /** This value with one element of 1, 2, 4 or 8 bytes replaced. */
  Xmm with(int index, int size, long value) {
    int bit = index * size * 8;
    long mask = size == 8 ? -1 : (1L << size * 8) - 1 << (bit & 63);
    long placed = value << (bit & 63) & mask;
    return bit < 64 ? new Xmm(low & ~mask | placed, high) : new Xmm(low, high & ~mask | placed);
  }

  /** Shifted right by 0 to 16 bytes. */
  Xmm bytesRight(int count) {
    if (count >= 16) {
      return ZERO;
    }
    if (count >= 8) {
      return new Xmm(high >>> 8 * (count - 8), 0);
    }
    return count == 0
        ? this
        : new Xmm(low >>> 8 * count | high << 64 - 8 * count, high >>> 8 * count);
  }

  /** Shifted left by 0 to 16 bytes. */
  Xmm bytesLeft(int count) {
    if (count >= 16) {
      return ZERO;
    }
    if (count >= 8) {
      return new Xmm(0, low << 8 * (count - 8));
    }
    return count == 0
        ? this
        : new Xmm(low << 8 * count, high << 8 * count | low >>> 64 - 8 * count);
  }
}
