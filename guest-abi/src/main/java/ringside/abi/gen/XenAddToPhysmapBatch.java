package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_add_to_physmap_batch}. Argument of XENMEM_add_to_physmap_batch. */
public final class XenAddToPhysmapBatch extends Snapshot {
  /** in domid_t, one of DOMID: whose memory; DOMID_SELF unless privileged. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in u16, one of XENMAPSPACE: where the pages come from. */
  public static final AbiOffset SPACE = new AbiOffset("space", 2, 2, 2, 2);

  /** in u16: number of pages. */
  public static final AbiOffset SIZE = new AbiOffset("size", 4, 4, 2, 2);

  /** in domid_t, one of DOMID: owner of the frames, for XENMAPSPACE_gmfn_foreign. */
  public static final AbiOffset U_FOREIGN_DOMID = new AbiOffset("u_foreign_domid", 6, 6, 2, 2);

  /** in u16: 0, for all other spaces. */
  public static final AbiOffset U_RES0 = new AbiOffset("u_res0", 6, 6, 2, 2);

  /** in ptr(xen_ulong_t): which pages of the space. */
  public static final AbiOffset IDXS = new AbiOffset("idxs", 8, 8, 8, 4);

  /** in ptr(xen_pfn_t): guest frames at which they appear. */
  public static final AbiOffset GPFNS = new AbiOffset("gpfns", 16, 12, 8, 4);

  /** out ptr(s32): a result for each page, as an s32. */
  public static final AbiOffset ERRS = new AbiOffset("errs", 24, 16, 8, 4);

  private XenAddToPhysmapBatch(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 32 : 20;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenAddToPhysmapBatch of(byte[] bytes, Width width) {
    return new XenAddToPhysmapBatch(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenAddToPhysmapBatch of(byte[] bytes, int base, Width width) {
    return new XenAddToPhysmapBatch(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenAddToPhysmapBatch zero(Width width) {
    return new XenAddToPhysmapBatch(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_add_to_physmap_batch";
  }

  /** Whose memory; DOMID_SELF unless privileged. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Where the pages come from. */
  public int space() {
    return getU16(2);
  }

  /** Sets space. */
  public void space(long value) {
    put16(2, value);
  }

  /** Number of pages. */
  public int size() {
    return getU16(4);
  }

  /** Sets size. */
  public void size(long value) {
    put16(4, value);
  }

  /** Owner of the frames, for XENMAPSPACE_gmfn_foreign. */
  public int uForeignDomid() {
    return getU16(6);
  }

  /** Sets u_foreign_domid. */
  public void uForeignDomid(long value) {
    put16(6, value);
  }

  /** 0, for all other spaces. */
  public int uRes0() {
    return getU16(6);
  }

  /** Sets u_res0. */
  public void uRes0(long value) {
    put16(6, value);
  }

  /** Which pages of the space. */
  public long idxs() {
    return getLong(8);
  }

  /** Sets idxs. */
  public void idxs(long value) {
    putLong(8, value);
  }

  /** Guest frames at which they appear. */
  public long gpfns() {
    return getLong(w64 ? 16 : 12);
  }

  /** Sets gpfns. */
  public void gpfns(long value) {
    putLong(w64 ? 16 : 12, value);
  }

  /** A result for each page, as an s32. */
  public long errs() {
    return getLong(w64 ? 24 : 16);
  }

  /** Sets errs. */
  public void errs(long value) {
    putLong(w64 ? 24 : 16, value);
  }
}
