package ringside.device.nvme;

import java.nio.ByteBuffer;

/**
 * A submission queue entry, copied out of guest memory once (NVM Express 1.4, section 4.2).
 *
 * @param words dwords 0 to 15
 */
public record Sqe(int... words) {
  static final int BYTES = 64;

  /** Takes it from bytes in little-endian order. */
  static Sqe of(ByteBuffer from) {
    int[] words = new int[BYTES / Integer.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = from.getInt();
    }
    return new Sqe(words);
  }

  public int opcode() {
    return words[0] & 0xff;
  }

  public int cid() {
    return words[0] >>> 16;
  }

  /** First block of a command that names blocks. */
  public long slba() {
    return wide(10);
  }

  /** Blocks of a command that names blocks. */
  public int nlb() {
    return bits(12, 15, 0) + 1;
  }

  /** Fused operation, or SGLs instead of PRPs: both not supported. */
  boolean unsupported() {
    return (words[0] & 0xc300) != 0;
  }

  /** NSID, unsigned. */
  public int nsid() {
    return words[1];
  }

  /** A 64-bit field, of which this is the number of the lower word. */
  long wide(int word) {
    return words[word] & 0xffff_ffffL | (long) words[word + 1] << 32;
  }

  int word(int word) {
    return words[word];
  }

  /** Part of a word. */
  int bits(int word, int high, int low) {
    return words[word] >>> low & (int) ((1L << high - low + 1) - 1);
  }

  long prp1() {
    return wide(6);
  }

  long prp2() {
    return wide(8);
  }
}
