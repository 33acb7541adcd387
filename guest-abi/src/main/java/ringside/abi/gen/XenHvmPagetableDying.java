package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_hvm_pagetable_dying}. Argument of HVMOP_pagetable_dying. */
public final class XenHvmPagetableDying extends Snapshot {
  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in u64: guest-physical address of the top page table. */
  public static final AbiOffset GPA = new AbiOffset("gpa", 8, 8, 8, 8);

  private XenHvmPagetableDying(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenHvmPagetableDying of(byte[] bytes, Width width) {
    return new XenHvmPagetableDying(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenHvmPagetableDying of(byte[] bytes, int base, Width width) {
    return new XenHvmPagetableDying(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenHvmPagetableDying zero(Width width) {
    return new XenHvmPagetableDying(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_hvm_pagetable_dying";
  }

  /** Gets domid. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Guest-physical address of the top page table. */
  public long gpa() {
    return get64(8);
  }

  /** Sets gpa. */
  public void gpa(long value) {
    put64(8, value);
  }
}
