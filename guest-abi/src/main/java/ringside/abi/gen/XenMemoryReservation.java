package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct xen_memory_reservation}. Argument of XENMEM_increase_reservation,
 * _decrease_reservation and _populate_physmap.
 */
public final class XenMemoryReservation extends Snapshot {
  /** inout ptr(xen_pfn_t): first frame of each extent. */
  public static final AbiOffset EXTENT_START = new AbiOffset("extent_start", 0, 0, 8, 4);

  /** in xen_ulong_t: number of extents. */
  public static final AbiOffset NR_EXTENTS = new AbiOffset("nr_extents", 8, 4, 8, 4);

  /** in u32: each is 2 to this many pages. */
  public static final AbiOffset EXTENT_ORDER = new AbiOffset("extent_order", 16, 8, 4, 4);

  /** in u32, one of XENMEMF. */
  public static final AbiOffset MEM_FLAGS = new AbiOffset("mem_flags", 20, 12, 4, 4);

  /** in domid_t, one of DOMID: whose memory; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 24, 16, 2, 2);

  private XenMemoryReservation(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 32 : 20;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenMemoryReservation of(byte[] bytes, Width width) {
    return new XenMemoryReservation(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenMemoryReservation of(byte[] bytes, int base, Width width) {
    return new XenMemoryReservation(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenMemoryReservation zero(Width width) {
    return new XenMemoryReservation(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_memory_reservation";
  }

  /** First frame of each extent. */
  public long extentStart() {
    return getLong(0);
  }

  /** Sets extent_start. */
  public void extentStart(long value) {
    putLong(0, value);
  }

  /** Number of extents. */
  public long nrExtents() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets nr_extents. */
  public void nrExtents(long value) {
    putLong(w64 ? 8 : 4, value);
  }

  /** Each is 2 to this many pages. */
  public long extentOrder() {
    return getU32(w64 ? 16 : 8);
  }

  /** Sets extent_order. */
  public void extentOrder(long value) {
    put32(w64 ? 16 : 8, value);
  }

  /** Gets mem_flags. */
  public long memFlags() {
    return getU32(w64 ? 20 : 12);
  }

  /** Sets mem_flags. */
  public void memFlags(long value) {
    put32(w64 ? 20 : 12, value);
  }

  /** Whose memory; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(w64 ? 24 : 16);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(w64 ? 24 : 16, value);
  }
}
