package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct gnttab_get_status_frames}. Argument of GNTTABOP_get_status_frames. */
public final class GnttabGetStatusFrames extends Snapshot {
  /** in u32. */
  public static final AbiOffset NR_FRAMES = new AbiOffset("nr_frames", 0, 0, 4, 4);

  /** in domid_t, one of DOMID. */
  public static final AbiOffset DOM = new AbiOffset("dom", 4, 4, 2, 2);

  /** out s16, one of GNTST. */
  public static final AbiOffset STATUS = new AbiOffset("status", 6, 6, 2, 2);

  /** in ptr(u64). */
  public static final AbiOffset FRAME_LIST = new AbiOffset("frame_list", 8, 8, 8, 4);

  private GnttabGetStatusFrames(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static GnttabGetStatusFrames of(byte[] bytes, Width width) {
    return new GnttabGetStatusFrames(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static GnttabGetStatusFrames of(byte[] bytes, int base, Width width) {
    return new GnttabGetStatusFrames(bytes, base, width);
  }

  /** A structure of zeros. */
  public static GnttabGetStatusFrames zero(Width width) {
    return new GnttabGetStatusFrames(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "gnttab_get_status_frames";
  }

  /** Gets nr_frames. */
  public long nrFrames() {
    return getU32(0);
  }

  /** Sets nr_frames. */
  public void nrFrames(long value) {
    put32(0, value);
  }

  /** Gets dom. */
  public int dom() {
    return getU16(4);
  }

  /** Sets dom. */
  public void dom(long value) {
    put16(4, value);
  }

  /** Gets status. */
  public int status() {
    return getS16(6);
  }

  /** Sets status. */
  public void status(long value) {
    put16(6, value);
  }

  /** Gets frame_list. */
  public long frameList() {
    return getLong(8);
  }

  /** Sets frame_list. */
  public void frameList(long value) {
    putLong(8, value);
  }
}
