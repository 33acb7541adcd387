package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct arch_vcpu_info}. The part of vcpu_info that is left to the architecture; only PV
 * guests use it.
 */
public final class ArchVcpuInfo extends Snapshot {
  /** out ulong: address of the last page fault. */
  public static final AbiOffset CR2 = new AbiOffset("cr2", 0, 0, 8, 4);

  private ArchVcpuInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 24;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static ArchVcpuInfo of(byte[] bytes, Width width) {
    return new ArchVcpuInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static ArchVcpuInfo of(byte[] bytes, int base, Width width) {
    return new ArchVcpuInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static ArchVcpuInfo zero(Width width) {
    return new ArchVcpuInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "arch_vcpu_info";
  }

  /** Address of the last page fault. */
  public long cr2() {
    return getLong(0);
  }

  /** Sets cr2. */
  public void cr2(long value) {
    putLong(0, value);
  }
}
