package ringside.cpu;

/**
 * A segment register with its hidden part.
 *
 * @param limit in bytes, granularity applied
 * @param attributes VMX format: bits 3:0 type, 4 S, 6:5 DPL, 7 P, 12 AVL, 13 L, 14 D/B, 15 G, 16
 *     unusable (Intel SDM volume 3, 24.4.1)
 */
public record Segment(int selector, long base, long limit, int attributes) {
  public static final int CODE_32 = 0xc09b;
  public static final int CODE_64 = 0xa09b;
  public static final int DATA_32 = 0xc093;
  public static final int TSS_32_BUSY = 0x008b;

  public boolean longMode() {
    return (attributes & 0x2000) != 0;
  }

  public int dpl() {
    return attributes >> 5 & 3;
  }
}
