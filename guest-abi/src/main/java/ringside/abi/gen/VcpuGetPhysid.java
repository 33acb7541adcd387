package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_get_physid}. Argument of VCPUOP_get_physid. */
public final class VcpuGetPhysid extends Snapshot {
  /** out u64: APIC id in bits 31:0, ACPI id in bits 63:32. */
  public static final AbiOffset PHYS_ID = new AbiOffset("phys_id", 0, 0, 8, 8);

  private VcpuGetPhysid(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuGetPhysid of(byte[] bytes, Width width) {
    return new VcpuGetPhysid(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuGetPhysid of(byte[] bytes, int base, Width width) {
    return new VcpuGetPhysid(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuGetPhysid zero(Width width) {
    return new VcpuGetPhysid(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_get_physid";
  }

  /** APIC id in bits 31:0, ACPI id in bits 63:32. */
  public long physId() {
    return get64(0);
  }

  /** Sets phys_id. */
  public void physId(long value) {
    put64(0, value);
  }
}
