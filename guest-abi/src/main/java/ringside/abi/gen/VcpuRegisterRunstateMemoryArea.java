package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct vcpu_register_runstate_memory_area}. Argument of
 * VCPUOP_register_runstate_memory_area and _phys_area.
 */
public final class VcpuRegisterRunstateMemoryArea extends Snapshot {
  /** in ptr(vcpu_runstate_info): linear address, for _memory_area. */
  public static final AbiOffset ADDR_H = new AbiOffset("addr_h", 0, 0, 8, 4);

  /** in ptr(vcpu_runstate_info): the same. */
  public static final AbiOffset ADDR_V = new AbiOffset("addr_v", 0, 0, 8, 4);

  /** in u64: guest-physical address, for _phys_area. */
  public static final AbiOffset ADDR_P = new AbiOffset("addr_p", 0, 0, 8, 8);

  private VcpuRegisterRunstateMemoryArea(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuRegisterRunstateMemoryArea of(byte[] bytes, Width width) {
    return new VcpuRegisterRunstateMemoryArea(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuRegisterRunstateMemoryArea of(byte[] bytes, int base, Width width) {
    return new VcpuRegisterRunstateMemoryArea(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuRegisterRunstateMemoryArea zero(Width width) {
    return new VcpuRegisterRunstateMemoryArea(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_register_runstate_memory_area";
  }

  /** Linear address, for _memory_area. */
  public long addrH() {
    return getLong(0);
  }

  /** Sets addr_h. */
  public void addrH(long value) {
    putLong(0, value);
  }

  /** The same. */
  public long addrV() {
    return getLong(0);
  }

  /** Sets addr_v. */
  public void addrV(long value) {
    putLong(0, value);
  }

  /** Guest-physical address, for _phys_area. */
  public long addrP() {
    return get64(0);
  }

  /** Sets addr_p. */
  public void addrP(long value) {
    put64(0, value);
  }
}
