package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_map_grant_ref}. Argument of GNTTABOP_map_grant_ref. */
public final class GnttabMapGrantRef extends Snapshot {
  /** in u64: guest-physical address at which the frame appears. */
  public static final AbiOffset HOST_ADDR = new AbiOffset("host_addr", 0, 0, 8, 8);

  /** in u32, one of GNTMAP. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 8, 8, 4, 4);

  /** in grant_ref_t: the grant. */
  public static final AbiOffset REF = new AbiOffset("ref", 12, 12, 4, 4);

  /** in domid_t, one of DOMID: who granted it. */
  public static final AbiOffset DOM = new AbiOffset("dom", 16, 16, 2, 2);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 18, 18, 2, 2);

  /** out grant_handle_t: the mapping. */
  public static final AbiOffset HANDLE = new AbiOffset("handle", 20, 20, 4, 4);

  /** out u64: address for devices. */
  public static final AbiOffset DEV_BUS_ADDR = new AbiOffset("dev_bus_addr", 24, 24, 8, 8);

  private GnttabMapGrantRef(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 32;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabMapGrantRef of(byte[] bytes, Width width) {
    return new GnttabMapGrantRef(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabMapGrantRef of(byte[] bytes, int base, Width width) {
    return new GnttabMapGrantRef(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabMapGrantRef zero(Width width) {
    return new GnttabMapGrantRef(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_map_grant_ref";
  }

  /** Guest-physical address at which the frame appears. */
  public long hostAddr() {
    return get64(0);
  }

  /** Sets host_addr. */
  public void hostAddr(long value) {
    put64(0, value);
  }

  /** Gets flags. */
  public long flags() {
    return getU32(8);
  }

  /** Sets flags. */
  public void flags(long value) {
    put32(8, value);
  }

  /** The grant. */
  public long ref() {
    return getU32(12);
  }

  /** Sets ref. */
  public void ref(long value) {
    put32(12, value);
  }

  /** Who granted it. */
  public int dom() {
    return getU16(16);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(16, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(18);
  }

  /** Sets status. */
  public void status(long value) {
    put16(18, value);
  }

  /** The mapping. */
  public long handle() {
    return getU32(20);
  }

  /** Sets handle. */
  public void handle(long value) {
    put32(20, value);
  }

  /** Address for devices. */
  public long devBusAddr() {
    return get64(24);
  }

  /** Sets dev_bus_addr. */
  public void devBusAddr(long value) {
    put64(24, value);
  }
}
