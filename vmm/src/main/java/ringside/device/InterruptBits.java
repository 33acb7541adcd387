package ringside.device;

/** 256 bits, one for each vector, as IRR and ISR of a local APIC are (SDM volume 3, 12.8.4). */
final class InterruptBits {
  private static final int WORDS = 8;

  private final int[] words = new int[WORDS];

  void set(int vector) {
    words[vector >>> 5] |= 1 << vector;
  }

  void clear(int vector) {
    words[vector >>> 5] &= ~(1 << vector);
  }

  /** The 32 bits from vector 32 x index on. */
  int word(int index) {
    return words[index];
  }

  /** The highest vector whose bit is set, or 0. */
  int highest() {
    for (int i = WORDS - 1; i >= 0; i--) {
      if (words[i] != 0) {
        return i * 32 + 31 - Integer.numberOfLeadingZeros(words[i]);
      }
    }
    return 0;
  }

  void clearAll() {
    java.util.Arrays.fill(words, 0);
  }
}
