package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_hvm_get_mem_type}. Argument of HVMOP_get_mem_type. */
public final class XenHvmGetMemType extends Snapshot {
  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** out u16, one of HVMMEM. */
  public static final AbiOffset MEM_TYPE = new AbiOffset("mem_type", 2, 2, 2, 2);

  /** in u64: the guest frame. */
  public static final AbiOffset PFN = new AbiOffset("pfn", 8, 8, 8, 8);

  private XenHvmGetMemType(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenHvmGetMemType of(byte[] bytes, Width width) {
    return new XenHvmGetMemType(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenHvmGetMemType of(byte[] bytes, int base, Width width) {
    return new XenHvmGetMemType(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenHvmGetMemType zero(Width width) {
    return new XenHvmGetMemType(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_hvm_get_mem_type";
  }

  /** Gets domid. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Gets mem_type. */
  public int memType() {
    return getU16(2);
  }

  /** Sets mem_type. */
  public void memType(long value) {
    put16(2, value);
  }

  /** The guest frame. */
  public long pfn() {
    return get64(8);
  }

  /** Sets pfn. */
  public void pfn(long value) {
    put64(8, value);
  }
}
