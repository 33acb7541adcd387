package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_build_id}. The hypervisor's build id; the bytes follow. */
public final class XenBuildId extends Snapshot {
  /** in u32: size of the buffer behind. */
  public static final AbiOffset LEN = new AbiOffset("len", 0, 0, 4, 4);

  private XenBuildId(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenBuildId of(byte[] bytes, Width width) {
    return new XenBuildId(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenBuildId of(byte[] bytes, int base, Width width) {
    return new XenBuildId(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenBuildId zero(Width width) {
    return new XenBuildId(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_build_id";
  }

  /** Size of the buffer behind. */
  public long len() {
    return getU32(0);
  }

  /** Sets len. */
  public void len(long value) {
    put32(0, value);
  }
}
