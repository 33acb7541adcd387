package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_get_version}. Argument of GNTTABOP_get_version. */
public final class GnttabGetVersion extends Snapshot {
  /** in domid_t, one of DOMID: whose table; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** out u32: the one in use. */
  public static final AbiOffset VERSION = new AbiOffset("version", 4, 4, 4, 4);

  private GnttabGetVersion(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabGetVersion of(byte[] bytes, Width width) {
    return new GnttabGetVersion(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabGetVersion of(byte[] bytes, int base, Width width) {
    return new GnttabGetVersion(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabGetVersion zero(Width width) {
    return new GnttabGetVersion(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_get_version";
  }

  /** Whose table; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** The one in use. */
  public long version() {
    return getU32(4);
  }

  /** Sets version. */
  public void version(long value) {
    put32(4, value);
  }
}
