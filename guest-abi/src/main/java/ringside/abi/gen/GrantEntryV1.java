package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct grant_entry_v1}. A grant. Write domid and frame first, then flags, with a barrier
 * between.
 */
public final class GrantEntryV1 extends Snapshot {
  /**
   * inout u16, one of GTF: end a grant by compare-and-exchange, only while neither reading nor
   * writing.
   */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 0, 0, 2, 2);

  /** in domid_t, one of DOMID: who may use it. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 2, 2, 2, 2);

  /** inout u32: guest frame. */
  public static final AbiOffset FRAME = new AbiOffset("frame", 4, 4, 4, 4);

  private GrantEntryV1(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GrantEntryV1 of(byte[] bytes, Width width) {
    return new GrantEntryV1(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GrantEntryV1 of(byte[] bytes, int base, Width width) {
    return new GrantEntryV1(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GrantEntryV1 zero(Width width) {
    return new GrantEntryV1(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "grant_entry_v1";
  }

  /** End a grant by compare-and-exchange, only while neither reading nor writing. */
  public int flags() {
    return getU16(0);
  }

  /** Sets flags. */
  public void flags(long value) {
    put16(0, value);
  }

  /** Who may use it. */
  public int domid() {
    return getU16(2);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(2, value);
  }

  /** Guest frame. */
  public long frame() {
    return getU32(4);
  }

  /** Sets frame. */
  public void frame(long value) {
    put32(4, value);
  }
}
