package ringside.abi;

/**
 * The data model a structure is laid out in: that of the code that made the hypercall, not of the
 * kernel's build.
 */
public enum Width {
  /** LP64: long and pointer are 8 bytes and everything is aligned to its size. */
  W64(8),
  /** i386: long and pointer are 4 bytes, and 8-byte values are aligned to 4 only. */
  W32(4);

  private final int longBytes;

  Width(int longBytes) {
    this.longBytes = longBytes;
  }

  /** Size in bytes of {@code unsigned long}, {@code xen_pfn_t} and guest handles. */
  public int longBytes() {
    return longBytes;
  }

  /** The greatest alignment a scalar has. */
  public int maxAlign() {
    return longBytes;
  }

  /** Bits in a long: also the number of words in an event channel bitmap. */
  public int longBits() {
    return longBytes * 8;
  }
}
