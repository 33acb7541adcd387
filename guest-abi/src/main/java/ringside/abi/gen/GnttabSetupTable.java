package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_setup_table}. Argument of GNTTABOP_setup_table. */
public final class GnttabSetupTable extends Snapshot {
  /** in domid_t, one of DOMID: whose table; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** in u32: size the table shall have at least. */
  public static final AbiOffset NR_FRAMES = new AbiOffset("nr_frames", 4, 4, 4, 4);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 8, 8, 2, 2);

  /** in ptr(xen_pfn_t): receives the table's guest frames. */
  public static final AbiOffset FRAME_LIST = new AbiOffset("frame_list", 16, 12, 8, 4);

  private GnttabSetupTable(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 24 : 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabSetupTable of(byte[] bytes, Width width) {
    return new GnttabSetupTable(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabSetupTable of(byte[] bytes, int base, Width width) {
    return new GnttabSetupTable(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabSetupTable zero(Width width) {
    return new GnttabSetupTable(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_setup_table";
  }

  /** Whose table; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** Size the table shall have at least. */
  public long nrFrames() {
    return getU32(4);
  }

  /** Sets nr_frames. */
  public void nrFrames(long value) {
    put32(4, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(8);
  }

  /** Sets status. */
  public void status(long value) {
    put16(8, value);
  }

  /** Receives the table's guest frames. */
  public long frameList() {
    return getLong(w64 ? 16 : 12);
  }

  /** Sets frame_list. */
  public void frameList(long value) {
    putLong(w64 ? 16 : 12, value);
  }
}
