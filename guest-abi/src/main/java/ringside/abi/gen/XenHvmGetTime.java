package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_hvm_get_time}. Argument of HVMOP_get_time. */
public final class XenHvmGetTime extends Snapshot {
  /** out u64: system time in ns. */
  public static final AbiOffset NOW = new AbiOffset("now", 0, 0, 8, 8);

  private XenHvmGetTime(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenHvmGetTime of(byte[] bytes, Width width) {
    return new XenHvmGetTime(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenHvmGetTime of(byte[] bytes, int base, Width width) {
    return new XenHvmGetTime(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenHvmGetTime zero(Width width) {
    return new XenHvmGetTime(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_hvm_get_time";
  }

  /** System time in ns. */
  public long now() {
    return get64(0);
  }

  /** Sets now. */
  public void now(long value) {
    put64(0, value);
  }
}
