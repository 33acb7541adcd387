package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct xen_platform_parameters}. Addresses of the platform. */
public final class XenPlatformParameters extends Snapshot {
  /** out xen_ulong_t: where the hypervisor begins in a PV guest's address space. */
  public static final AbiOffset VIRT_START = new AbiOffset("virt_start", 0, 0, 8, 4);

  private XenPlatformParameters(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 8 : 4;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static XenPlatformParameters of(byte[] bytes, Width width) {
    return new XenPlatformParameters(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static XenPlatformParameters of(byte[] bytes, int base, Width width) {
    return new XenPlatformParameters(bytes, base, width);
  }

  /** A structure of zeros. */
  public static XenPlatformParameters zero(Width width) {
    return new XenPlatformParameters(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "xen_platform_parameters";
  }

  /** Where the hypervisor begins in a PV guest's address space. */
  public long virtStart() {
    return getLong(0);
  }

  /** Sets virt_start. */
  public void virtStart(long value) {
    putLong(0, value);
  }
}
