package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_cache_flush}. Argument of GNTTABOP_cache_flush. */
public final class GnttabCacheFlush extends Snapshot {
  /** in u64. */
  public static final AbiOffset A_DEV_BUS_ADDR = new AbiOffset("a_dev_bus_addr", 0, 0, 8, 8);

  /** in grant_ref_t. */
  public static final AbiOffset A_REF = new AbiOffset("a_ref", 0, 0, 4, 4);

  /** in u16: first byte in the page. */
  public static final AbiOffset OFFSET = new AbiOffset("offset", 8, 8, 2, 2);

  /** in u16: bytes. */
  public static final AbiOffset LENGTH = new AbiOffset("length", 10, 10, 2, 2);

  /** in u32: what to do. */
  public static final AbiOffset OP = new AbiOffset("op", 12, 12, 4, 4);

  private GnttabCacheFlush(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabCacheFlush of(byte[] bytes, Width width) {
    return new GnttabCacheFlush(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabCacheFlush of(byte[] bytes, int base, Width width) {
    return new GnttabCacheFlush(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabCacheFlush zero(Width width) {
    return new GnttabCacheFlush(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_cache_flush";
  }

  /** Gets a_dev_bus_addr. */
  public long aDevBusAddr() {
    return get64(0);
  }

  /** Sets a_dev_bus_addr. */
  public void aDevBusAddr(long value) {
    put64(0, value);
  }

  /** Gets a_ref. */
  public long aRef() {
    return getU32(0);
  }

  /** Sets a_ref. */
  public void aRef(long value) {
    put32(0, value);
  }

  /** First byte in the page. */
  public int offset() {
    return getU16(8);
  }

  /** Sets offset. */
  public void offset(long value) {
    put16(8, value);
  }

  /** Bytes. */
  public int length() {
    return getU16(10);
  }

  /** Sets length. */
  public void length(long value) {
    put16(10, value);
  }

  /** What to do. */
  public long op() {
    return getU32(12);
  }

  /** Sets op. */
  public void op(long value) {
    put32(12, value);
  }
}
