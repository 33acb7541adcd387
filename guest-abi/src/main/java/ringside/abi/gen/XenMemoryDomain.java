package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct xen_memory_domain}. Argument of XENMEM_current_reservation, _maximum_reservation
 * and _maximum_gpfn.
 */
public final class XenMemoryDomain extends Snapshot {
  /** in domid_t, one of DOMID: DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  private XenMemoryDomain(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 2;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenMemoryDomain of(byte[] bytes, Width width) {
    return new XenMemoryDomain(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenMemoryDomain of(byte[] bytes, int base, Width width) {
    return new XenMemoryDomain(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenMemoryDomain zero(Width width) {
    return new XenMemoryDomain(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_memory_domain";
  }

  /** DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }
}
