package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct vcpu_time_info}. How to get system time from this vCPU's TSC. ns = system_time +
 * (((tsc - tsc_timestamp) shifted left by tsc_shift) * tsc_to_system_mul >> 32).
 */
public final class VcpuTimeInfo extends Snapshot {
  /** out u32: odd while the hypervisor writes; read it before and after. */
  public static final AbiOffset VERSION = new AbiOffset("version", 0, 0, 4, 4);

  /** out u64: TSC at the last update. */
  public static final AbiOffset TSC_TIMESTAMP = new AbiOffset("tsc_timestamp", 8, 8, 8, 8);

  /** out u64: ns since boot at the last update. */
  public static final AbiOffset SYSTEM_TIME = new AbiOffset("system_time", 16, 16, 8, 8);

  /** out u32: ns per shifted tick, times 2 to the 32nd. */
  public static final AbiOffset TSC_TO_SYSTEM_MUL =
      new AbiOffset("tsc_to_system_mul", 24, 24, 4, 4);

  /** out s8: left shift of the tick count; a right shift when negative. */
  public static final AbiOffset TSC_SHIFT = new AbiOffset("tsc_shift", 28, 28, 1, 1);

  /** out u8, one of XEN_PVCLOCK. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 29, 29, 1, 1);

  private VcpuTimeInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 32;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuTimeInfo of(byte[] bytes, Width width) {
    return new VcpuTimeInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuTimeInfo of(byte[] bytes, int base, Width width) {
    return new VcpuTimeInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuTimeInfo zero(Width width) {
    return new VcpuTimeInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_time_info";
  }

  /** Odd while the hypervisor writes; read it before and after. */
  public long version() {
    return getU32(0);
  }

  /** Sets version. */
  public void version(long value) {
    put32(0, value);
  }

  /** TSC at the last update. */
  public long tscTimestamp() {
    return get64(8);
  }

  /** Sets tsc_timestamp. */
  public void tscTimestamp(long value) {
    put64(8, value);
  }

  /** Ns since boot at the last update. */
  public long systemTime() {
    return get64(16);
  }

  /** Sets system_time. */
  public void systemTime(long value) {
    put64(16, value);
  }

  /** Ns per shifted tick, times 2 to the 32nd. */
  public long tscToSystemMul() {
    return getU32(24);
  }

  /** Sets tsc_to_system_mul. */
  public void tscToSystemMul(long value) {
    put32(24, value);
  }

  /** Left shift of the tick count; a right shift when negative. */
  public int tscShift() {
    return getS8(28);
  }

  /** Sets tsc_shift. */
  public void tscShift(long value) {
    put8(28, value);
  }

  /** Gets flags. */
  public int flags() {
    return getU8(29);
  }

  /** Sets flags. */
  public void flags(long value) {
    put8(29, value);
  }
}
