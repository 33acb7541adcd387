package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_register_vcpu_info}. Argument of VCPUOP_register_vcpu_info. */
public final class VcpuRegisterVcpuInfo extends Snapshot {
  /** in u64: guest frame. */
  public static final AbiOffset MFN = new AbiOffset("mfn", 0, 0, 8, 8);

  /** in u32: of the structure in that frame, which it must not leave. */
  public static final AbiOffset OFFSET = new AbiOffset("offset", 8, 8, 4, 4);

  private VcpuRegisterVcpuInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 16;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuRegisterVcpuInfo of(byte[] bytes, Width width) {
    return new VcpuRegisterVcpuInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuRegisterVcpuInfo of(byte[] bytes, int base, Width width) {
    return new VcpuRegisterVcpuInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuRegisterVcpuInfo zero(Width width) {
    return new VcpuRegisterVcpuInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_register_vcpu_info";
  }

  /** Guest frame. */
  public long mfn() {
    return get64(0);
  }

  /** Sets mfn. */
  public void mfn(long value) {
    put64(0, value);
  }

  /** Of the structure in that frame, which it must not leave. */
  public long offset() {
    return getU32(8);
  }

  /** Sets offset. */
  public void offset(long value) {
    put32(8, value);
  }
}
