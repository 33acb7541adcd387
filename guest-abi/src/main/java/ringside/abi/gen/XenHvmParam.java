package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_hvm_param}. Argument of HVMOP_set_param and HVMOP_get_param. */
public final class XenHvmParam extends Snapshot {
  /** in domid_t, one of DOMID: DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in u32, one of HVM_PARAM. */
  public static final AbiOffset INDEX = new AbiOffset("index", 4, 4, 4, 4);

  /** inout u64. */
  public static final AbiOffset VALUE = new AbiOffset("value", 8, 8, 8, 8);

  private XenHvmParam(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenHvmParam of(byte[] bytes, Width width) {
    return new XenHvmParam(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenHvmParam of(byte[] bytes, int base, Width width) {
    return new XenHvmParam(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenHvmParam zero(Width width) {
    return new XenHvmParam(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_hvm_param";
  }

  /** DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Gets index. */
  public long index() {
    return getU32(4);
  }

  /** Sets index. */
  public void index(long value) {
    put32(4, value);
  }

  /** Gets value. */
  public long value() {
    return get64(8);
  }

  /** Sets value. */
  public void value(long value) {
    put64(8, value);
  }
}
