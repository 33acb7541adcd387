package ringside.memory;

/**
 * A guest-physical address, in bytes. Never an address of the host: it is turned into one only
 * behind the checked door of {@link GuestSpace}.
 */
public record Gpa(long value) {
  public static final int PAGE_SHIFT = 12;
  public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

  public static Gpa ofGfn(long gfn) {
    return new Gpa(gfn << PAGE_SHIFT);
  }

  public long gfn() {
    return value >>> PAGE_SHIFT;
  }

  /** Offset inside its page, 0 to 4095. */
  public int offset() {
    return (int) value & (PAGE_SIZE - 1);
  }

  public Gpa plus(long bytes) {
    return new Gpa(value + bytes);
  }

  @Override
  public String toString() {
    return "gpa 0x" + Long.toHexString(value);
  }
}
