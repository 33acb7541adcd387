package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_runstate_info}. What a vCPU is doing, and for how long it did each. */
public final class VcpuRunstateInfo extends Snapshot {
  /** out s32, one of RUNSTATE. */
  public static final AbiOffset STATE = new AbiOffset("state", 0, 0, 4, 4);

  /** out u64: system time in ns at which it began, see XEN_RUNSTATE. */
  public static final AbiOffset STATE_ENTRY_TIME = new AbiOffset("state_entry_time", 8, 4, 8, 8);

  /** out u64[4]: ns spent in each state of RUNSTATE. */
  public static final AbiOffset TIME = new AbiOffset("time", 16, 12, 32, 32);

  private VcpuRunstateInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 48 : 44;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuRunstateInfo of(byte[] bytes, Width width) {
    return new VcpuRunstateInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuRunstateInfo of(byte[] bytes, int base, Width width) {
    return new VcpuRunstateInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuRunstateInfo zero(Width width) {
    return new VcpuRunstateInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_runstate_info";
  }

  /** Gets state. */
  public int state() {
    return getS32(0);
  }

  /** Sets state. */
  public void state(long value) {
    put32(0, value);
  }

  /** System time in ns at which it began, see XEN_RUNSTATE. */
  public long stateEntryTime() {
    return get64(w64 ? 8 : 4);
  }

  /** Sets state_entry_time. */
  public void stateEntryTime(long value) {
    put64(w64 ? 8 : 4, value);
  }

  /** Ns spent in each state of RUNSTATE. */
  public long time(int index) {
    return get64(element(w64 ? 16 : 12, index, 4, 8));
  }

  /** Sets an element of time. */
  public void time(int index, long value) {
    put64(element(w64 ? 16 : 12, index, 4, 8), value);
  }
}
