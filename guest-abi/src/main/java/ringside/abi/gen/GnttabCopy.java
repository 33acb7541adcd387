package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_copy}. Argument of GNTTABOP_copy. */
public final class GnttabCopy extends Snapshot {
  /** in struct gnttab_copy_ptr. */
  public static final AbiOffset SOURCE = new AbiOffset("source", 0, 0, 16, 8);

  /** in struct gnttab_copy_ptr. */
  public static final AbiOffset DEST = new AbiOffset("dest", 16, 8, 16, 8);

  /** in u16: bytes; neither end may leave its page. */
  public static final AbiOffset LEN = new AbiOffset("len", 32, 16, 2, 2);

  /** in u16, one of GNTCOPY. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 34, 18, 2, 2);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 36, 20, 2, 2);

  private GnttabCopy(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 40 : 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabCopy of(byte[] bytes, Width width) {
    return new GnttabCopy(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabCopy of(byte[] bytes, int base, Width width) {
    return new GnttabCopy(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabCopy zero(Width width) {
    return new GnttabCopy(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_copy";
  }

  /** The nested structure, over the same bytes. */
  public GnttabCopyPtr source() {
    return GnttabCopyPtr.of(bytes, base + 0, width());
  }

  /** The nested structure, over the same bytes. */
  public GnttabCopyPtr dest() {
    return GnttabCopyPtr.of(bytes, base + (w64 ? 16 : 8), width());
  }

  /** Bytes; neither end may leave its page. */
  public int len() {
    return getU16(w64 ? 32 : 16);
  }

  /** Sets len. */
  public void len(long value) {
    put16(w64 ? 32 : 16, value);
  }

  /** Gets flags. */
  public int flags() {
    return getU16(w64 ? 34 : 18);
  }

  /** Sets flags. */
  public void flags(long value) {
    put16(w64 ? 34 : 18, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(w64 ? 36 : 20);
  }

  /** Sets status. */
  public void status(long value) {
    put16(w64 ? 36 : 20, value);
  }
}
