package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_mem_acquire_resource}. Argument of XENMEM_acquire_resource. */
public final class XenMemAcquireResource extends Snapshot {
  /** in domid_t, one of DOMID: owner of the resource. */
  public static final AbiOffset DOMID = new AbiOffset("domid", 0, 0, 2, 2);

  /** in u16: kind of resource. */
  public static final AbiOffset TYPE = new AbiOffset("type", 2, 2, 2, 2);

  /** in u32: which one of the kind. */
  public static final AbiOffset ID = new AbiOffset("id", 4, 4, 4, 4);

  /** inout u32: number of frames. */
  public static final AbiOffset NR_FRAMES = new AbiOffset("nr_frames", 8, 8, 4, 4);

  /** in u64: the first frame of the resource. */
  public static final AbiOffset FRAME = new AbiOffset("frame", 16, 16, 8, 8);

  /** inout ptr(xen_pfn_t): guest frames at which they appear. */
  public static final AbiOffset FRAME_LIST = new AbiOffset("frame_list", 24, 24, 8, 4);

  private XenMemAcquireResource(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 32 : 28;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenMemAcquireResource of(byte[] bytes, Width width) {
    return new XenMemAcquireResource(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenMemAcquireResource of(byte[] bytes, int base, Width width) {
    return new XenMemAcquireResource(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenMemAcquireResource zero(Width width) {
    return new XenMemAcquireResource(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_mem_acquire_resource";
  }

  /** Owner of the resource. */
  public int domid() {
    return getU16(0);
  }

  /** Sets domid. */
  public void domid(long value) {
    put16(0, value);
  }

  /** Kind of resource. */
  public int type() {
    return getU16(2);
  }

  /** Sets type. */
  public void type(long value) {
    put16(2, value);
  }

  /** Which one of the kind. */
  public long id() {
    return getU32(4);
  }

  /** Sets id. */
  public void id(long value) {
    put32(4, value);
  }

  /** Number of frames. */
  public long nrFrames() {
    return getU32(8);
  }

  /** Sets nr_frames. */
  public void nrFrames(long value) {
    put32(8, value);
  }

  /** The first frame of the resource. */
  public long frame() {
    return get64(16);
  }

  /** Sets frame. */
  public void frame(long value) {
    put64(16, value);
  }

  /** Guest frames at which they appear. */
  public long frameList() {
    return getLong(24);
  }

  /** Sets frame_list. */
  public void frameList(long value) {
    putLong(24, value);
  }
}
