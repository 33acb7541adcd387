package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_set_version}. Argument of GNTTABOP_set_version. */
public final class GnttabSetVersion extends Snapshot {
  /** inout u32: in: the one wanted; out: the one in use. */
  public static final AbiOffset VERSION = new AbiOffset("version", 0, 0, 4, 4);

  private GnttabSetVersion(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabSetVersion of(byte[] bytes, Width width) {
    return new GnttabSetVersion(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabSetVersion of(byte[] bytes, int base, Width width) {
    return new GnttabSetVersion(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabSetVersion zero(Width width) {
    return new GnttabSetVersion(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_set_version";
  }

  /** In: the one wanted; out: the one in use. */
  public long version() {
    return getU32(0);
  }

  /** Sets version. */
  public void version(long value) {
    put32(0, value);
  }
}
