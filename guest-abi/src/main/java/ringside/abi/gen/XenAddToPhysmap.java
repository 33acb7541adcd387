package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_add_to_physmap}. Argument of XENMEM_add_to_physmap. */
public final class XenAddToPhysmap extends Snapshot {
  /** in domid_t, one of DOMID: whose memory; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in u16: number of pages, for XENMAPSPACE_gmfn_range. */
  public static final AbiOffset SIZE = new AbiOffset("size", 2, 2, 2, 2);

  /** in u32, one of XENMAPSPACE: where the page comes from. */
  public static final AbiOffset SPACE = new AbiOffset("space", 4, 4, 4, 4);

  /** in xen_ulong_t: which page of the space. */
  public static final AbiOffset IDX = new AbiOffset("idx", 8, 8, 8, 4);

  /** in xen_pfn_t: guest frame at which it appears. */
  public static final AbiOffset GPFN = new AbiOffset("gpfn", 16, 12, 8, 4);

  private XenAddToPhysmap(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 24 : 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenAddToPhysmap of(byte[] bytes, Width width) {
    return new XenAddToPhysmap(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenAddToPhysmap of(byte[] bytes, int base, Width width) {
    return new XenAddToPhysmap(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenAddToPhysmap zero(Width width) {
    return new XenAddToPhysmap(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_add_to_physmap";
  }

  /** Whose memory; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Number of pages, for XENMAPSPACE_gmfn_range. */
  public int size() {
    return getU16(2);
  }

  /** Sets size. */
  public void size(long value) {
    put16(2, value);
  }

  /** Where the page comes from. */
  public long space() {
    return getU32(4);
  }

  /** Sets space. */
  public void space(long value) {
    put32(4, value);
  }

  /** Which page of the space. */
  public long idx() {
    return getLong(8);
  }

  /** Sets idx. */
  public void idx(long value) {
    putLong(8, value);
  }

  /** Guest frame at which it appears. */
  public long gpfn() {
    return getLong(w64 ? 16 : 12);
  }

  /** Sets gpfn. */
  public void gpfn(long value) {
    putLong(w64 ? 16 : 12, value);
  }
}
