package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_hvm_context}. Argument of VCPUOP_initialise for a PVH guest. */
public final class VcpuHvmContext extends Snapshot {
  /** in u32, one of VCPU_HVM_MODE. */
  public static final AbiOffset MODE = new AbiOffset("mode", 0, 0, 4, 4);

  /** in struct vcpu_hvm_x86_32. */
  public static final AbiOffset CPU_REGS_X86_32 = new AbiOffset("cpu_regs_x86_32", 8, 8, 120, 120);

  /** in struct vcpu_hvm_x86_64. */
  public static final AbiOffset CPU_REGS_X86_64 = new AbiOffset("cpu_regs_x86_64", 8, 8, 112, 112);

  private VcpuHvmContext(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 128;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuHvmContext of(byte[] bytes, Width width) {
    return new VcpuHvmContext(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuHvmContext of(byte[] bytes, int base, Width width) {
    return new VcpuHvmContext(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuHvmContext zero(Width width) {
    return new VcpuHvmContext(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_hvm_context";
  }

  /** Gets mode. */
  public long mode() {
    return getU32(0);
  }

  /** Sets mode. */
  public void mode(long value) {
    put32(0, value);
  }

  /** The nested structure, over the same bytes. */
  public VcpuHvmX86_32 cpuRegsX86_32() {
    return VcpuHvmX86_32.of(bytes, base + 8, width());
  }

  /** The nested structure, over the same bytes. */
  public VcpuHvmX86_64 cpuRegsX86_64() {
    return VcpuHvmX86_64.of(bytes, base + 8, width());
  }
}
