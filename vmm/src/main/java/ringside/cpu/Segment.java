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
  public static final int UNUSABLE = 0x1_0000;

  private static final int GRANULARITY = 0x8000;

  /**
   * From the two words of a descriptor (Intel SDM volume 3, 3.4.5).
   *
   * @param low bits 31:0
   * @param high bits 63:32
   */
  public static Segment ofDescriptor(int selector, int low, int high) {
    long base = low >>> 16 | (long) (high & 0xff) << 16 | high & 0xff00_0000L;
    long limit = low & 0xffff | high & 0xf0000;
    int attributes = high >>> 8 & 0xf0ff;
    if ((attributes & GRANULARITY) != 0) {
      limit = limit << 12 | 0xfff;
    }
    return new Segment(selector, base & 0xffff_ffffL, limit, attributes);
  }

  /** The null selector: usable for nothing, except SS in 64-bit mode. */
  public static Segment nullSegment(int selector) {
    return new Segment(selector, 0, 0, UNUSABLE);
  }

  /** A code or data segment, not a system one. */
  public boolean codeOrData() {
    return (attributes & 0x10) != 0;
  }

  public boolean code() {
    return (attributes & 0x18) == 0x18;
  }

  /** A code segment that runs at its caller's privilege. */
  public boolean conforming() {
    return (attributes & 0x1c) == 0x1c;
  }

  public boolean writableData() {
    return (attributes & 0x1a) == 0x12;
  }

  public int type() {
    return attributes & 0xf;
  }

  public boolean present() {
    return (attributes & 0x80) != 0;
  }

  /** D/B: 32-bit code, or a stack addressed by ESP. */
  public boolean big() {
    return (attributes & 0x4000) != 0;
  }

  public boolean longMode() {
    return (attributes & 0x2000) != 0;
  }

  public int dpl() {
    return attributes >> 5 & 3;
  }
}
