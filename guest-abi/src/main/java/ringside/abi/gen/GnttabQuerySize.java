package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_query_size}. Argument of GNTTABOP_query_size. */
public final class GnttabQuerySize extends Snapshot {
  /** in domid_t, one of DOMID: whose table; DOMID_SELF unless privileged. */
  public static final AbiOffset DOM = new AbiOffset("dom", 0, 0, 2, 2);

  /** out u32: frames of the table. */
  public static final AbiOffset NR_FRAMES = new AbiOffset("nr_frames", 4, 4, 4, 4);

  /** out u32: frames it may have. */
  public static final AbiOffset MAX_NR_FRAMES = new AbiOffset("max_nr_frames", 8, 8, 4, 4);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 12, 12, 2, 2);

  private GnttabQuerySize(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabQuerySize of(byte[] bytes, Width width) {
    return new GnttabQuerySize(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabQuerySize of(byte[] bytes, int base, Width width) {
    return new GnttabQuerySize(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabQuerySize zero(Width width) {
    return new GnttabQuerySize(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_query_size";
  }

  /** Whose table; DOMID_SELF unless privileged. */
  public int dom() {
    return getU16(0);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(0, value);
  }

  /** Frames of the table. */
  public long nrFrames() {
    return getU32(4);
  }

  /** Sets nr_frames. */
  public void nrFrames(long value) {
    put32(4, value);
  }

  /** Frames it may have. */
  public long maxNrFrames() {
    return getU32(8);
  }

  /** Sets max_nr_frames. */
  public void maxNrFrames(long value) {
    put32(8, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(12);
  }

  /** Sets status. */
  public void status(long value) {
    put16(12, value);
  }
}
