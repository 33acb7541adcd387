package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_remove_from_physmap}. Argument of XENMEM_remove_from_physmap. */
public final class XenRemoveFromPhysmap extends Snapshot {
  /** in domid_t, one of DOMID: whose memory; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in xen_pfn_t: guest frame to be emptied. */
  public static final AbiOffset GPFN = new AbiOffset("gpfn", 8, 4, 8, 4);

  private XenRemoveFromPhysmap(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenRemoveFromPhysmap of(byte[] bytes, Width width) {
    return new XenRemoveFromPhysmap(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenRemoveFromPhysmap of(byte[] bytes, int base, Width width) {
    return new XenRemoveFromPhysmap(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenRemoveFromPhysmap zero(Width width) {
    return new XenRemoveFromPhysmap(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_remove_from_physmap";
  }

  /** Whose memory; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Guest frame to be emptied. */
  public long gpfn() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets gpfn. */
  public void gpfn(long value) {
    putLong(w64 ? 8 : 4, value);
  }
}
