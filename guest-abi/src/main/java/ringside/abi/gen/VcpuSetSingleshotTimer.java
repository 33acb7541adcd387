package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_set_singleshot_timer}. Argument of VCPUOP_set_singleshot_timer. */
public final class VcpuSetSingleshotTimer extends Snapshot {
  /** in u64: system time in ns at which it fires. */
  public static final AbiOffset TIMEOUT_ABS_NS = new AbiOffset("timeout_abs_ns", 0, 0, 8, 8);

  /** in u32, one of VCPU_SSHOTTMR. */
  public static final AbiOffset FLAGS = new AbiOffset("flags", 8, 8, 4, 4);

  private VcpuSetSingleshotTimer(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 16 : 12;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuSetSingleshotTimer of(byte[] bytes, Width width) {
    return new VcpuSetSingleshotTimer(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuSetSingleshotTimer of(byte[] bytes, int base, Width width) {
    return new VcpuSetSingleshotTimer(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuSetSingleshotTimer zero(Width width) {
    return new VcpuSetSingleshotTimer(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_set_singleshot_timer";
  }

  /** System time in ns at which it fires. */
  public long timeoutAbsNs() {
    return get64(0);
  }

  /** Sets timeout_abs_ns. */
  public void timeoutAbsNs(long value) {
    put64(0, value);
  }

  /** Gets flags. */
  public long flags() {
    return getU32(8);
  }

  /** Sets flags. */
  public void flags(long value) {
    put32(8, value);
  }
}
