package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_transfer}. Argument of GNTTABOP_transfer. */
public final class GnttabTransfer extends Snapshot {
  /** in xen_pfn_t: the frame. */
  public static final AbiOffset MFN = new AbiOffset("mfn", 0, 0, 8, 4);

  /** in domid_t, one of DOMID: who gets it. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 8, 4, 2, 2);

  /** in grant_ref_t: where it accepts it. */
  public static final AbiOffset REF = new AbiOffset("ref", 12, 8, 4, 4);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 16, 12, 2, 2);

  private GnttabTransfer(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 24 : 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabTransfer of(byte[] bytes, Width width) {
    return new GnttabTransfer(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabTransfer of(byte[] bytes, int base, Width width) {
    return new GnttabTransfer(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabTransfer zero(Width width) {
    return new GnttabTransfer(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_transfer";
  }

  /** The frame. */
  public long mfn() {
    return getLong(0);
  }

  /** Sets mfn. */
  public void mfn(long value) {
    putLong(0, value);
  }

  /** Who gets it. */
  public int domid() {
    return getU16(w64 ? 8 : 4);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(w64 ? 8 : 4, value);
  }

  /** Where it accepts it. */
  public long ref() {
    return getU32(w64 ? 12 : 8);
  }

  /** Sets ref. */
  public void ref(long value) {
    put32(w64 ? 12 : 8, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(w64 ? 16 : 12);
  }

  /** Sets status. */
  public void status(long value) {
    put16(w64 ? 16 : 12, value);
  }
}
