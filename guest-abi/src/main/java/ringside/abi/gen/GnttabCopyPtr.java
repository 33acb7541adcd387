package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_copy_ptr}. An end of a copy. */
public final class GnttabCopyPtr extends Snapshot {
  /** in grant_ref_t: a grant. */
  public static final AbiOffset U_REF = new AbiOffset("u_ref", 0, 0, 4, 4);

  /** in xen_pfn_t: a guest frame of domid. */
  public static final AbiOffset U_GMFN = new AbiOffset("u_gmfn", 0, 0, 8, 4);

  /** in domid_t, one of DOMID: who granted it, or DOMID_SELF. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 8, 4, 2, 2);

  /** in u16: first byte in the page. */
  public static final AbiOffset OFFSET = new AbiOffset("offset", 10, 6, 2, 2);

  private GnttabCopyPtr(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabCopyPtr of(byte[] bytes, Width width) {
    return new GnttabCopyPtr(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabCopyPtr of(byte[] bytes, int base, Width width) {
    return new GnttabCopyPtr(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabCopyPtr zero(Width width) {
    return new GnttabCopyPtr(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_copy_ptr";
  }

  /** A grant. */
  public long uRef() {
    return getU32(0);
  }

  /** Sets u_ref. */
  public void uRef(long value) {
    put32(0, value);
  }

  /** A guest frame of domid. */
  public long uGmfn() {
    return getLong(0);
  }

  /** Sets u_gmfn. */
  public void uGmfn(long value) {
    putLong(0, value);
  }

  /** Who granted it, or DOMID_SELF. */
  public int domid() {
    return getU16(w64 ? 8 : 4);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(w64 ? 8 : 4, value);
  }

  /** First byte in the page. */
  public int offset() {
    return getU16(w64 ? 10 : 6);
  }

  /** Sets offset. */
  public void offset(long value) {
    put16(w64 ? 10 : 6, value);
  }
}
