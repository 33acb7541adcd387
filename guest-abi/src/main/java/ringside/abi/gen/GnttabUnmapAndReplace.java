package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_unmap_and_replace}. Argument of GNTTABOP_unmap_and_replace. */
public final class GnttabUnmapAndReplace extends Snapshot {
  /** in u64. */
  public static final AbiOffset HOST_ADDR = new AbiOffset("host_addr", 0, 0, 8, 8);

  /** in u64. */
  public static final AbiOffset NEW_ADDR = new AbiOffset("new_addr", 8, 8, 8, 8);

  /** in grant_handle_t. */
  public static final AbiOffset HANDLE = new AbiOffset("handle", 16, 16, 4, 4);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 20, 20, 2, 2);

  private GnttabUnmapAndReplace(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabUnmapAndReplace of(byte[] bytes, Width width) {
    return new GnttabUnmapAndReplace(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabUnmapAndReplace of(byte[] bytes, int base, Width width) {
    return new GnttabUnmapAndReplace(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabUnmapAndReplace zero(Width width) {
    return new GnttabUnmapAndReplace(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_unmap_and_replace";
  }

  /** Gets host_addr. */
  public long hostAddr() {
    return get64(0);
  }

  /** Sets host_addr. */
  public void hostAddr(long value) {
    put64(0, value);
  }

  /** Gets new_addr. */
  public long newAddr() {
    return get64(8);
  }

  /** Sets new_addr. */
  public void newAddr(long value) {
    put64(8, value);
  }

  /** Gets handle. */
  public long handle() {
    return getU32(16);
  }

  /** Sets handle. */
  public void handle(long value) {
    put32(16, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(20);
  }

  /** Sets status. */
  public void status(long value) {
    put16(20, value);
  }
}
