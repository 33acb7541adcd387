package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_set_periodic_timer}. Argument of VCPUOP_set_periodic_timer. */
public final class VcpuSetPeriodicTimer extends Snapshot {
  /** in u64: at least 1 ms. */
  public static final AbiOffset PERIOD_NS = new AbiOffset("period_ns", 0, 0, 8, 8);

  private VcpuSetPeriodicTimer(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 8;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuSetPeriodicTimer of(byte[] bytes, Width width) {
    return new VcpuSetPeriodicTimer(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuSetPeriodicTimer of(byte[] bytes, int base, Width width) {
    return new VcpuSetPeriodicTimer(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuSetPeriodicTimer zero(Width width) {
    return new VcpuSetPeriodicTimer(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_set_periodic_timer";
  }

  /** At least 1 ms. */
  public long periodNs() {
    return get64(0);
  }

  /** Sets period_ns. */
  public void periodNs(long value) {
    put64(0, value);
  }
}
