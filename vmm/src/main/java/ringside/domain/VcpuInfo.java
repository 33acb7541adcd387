package ringside.domain;

import static ringside.abi.gen.VcpuInfo.EVTCHN_PENDING_SEL;
import static ringside.abi.gen.VcpuInfo.EVTCHN_UPCALL_MASK;
import static ringside.abi.gen.VcpuInfo.EVTCHN_UPCALL_PENDING;
import static ringside.abi.gen.VcpuInfo.TIME;
import static ringside.abi.gen.VcpuTimeInfo.FLAGS;
import static ringside.abi.gen.VcpuTimeInfo.SYSTEM_TIME;
import static ringside.abi.gen.VcpuTimeInfo.TSC_SHIFT;
import static ringside.abi.gen.VcpuTimeInfo.TSC_TIMESTAMP;
import static ringside.abi.gen.VcpuTimeInfo.TSC_TO_SYSTEM_MUL;

import java.lang.invoke.VarHandle;
import ringside.abi.AbiOffset;
import ringside.abi.Width;
import ringside.memory.Frame;

/**
 * Where one vCPU's struct vcpu_info lies: in the shared info page, or where the guest registered it
 * (VCPUOP_register_vcpu_info). Knows the fields by meaning; layout by {@link Width}.
 *
 * <p>Invariant: it never crosses a page.
 */
public final class VcpuInfo {
  /** Bytes, in both layouts. */
  static final int SIZE = ringside.abi.gen.VcpuInfo.size(Width.W64);

  /** The TSC runs at 1 GHz: ns = (tsc << 1) * 2^31 >> 32. */
  static final int TSC_TO_NS_MUL = 0x8000_0000;

  static final int TSC_TO_NS_SHIFT = 1;
  static final int TSC_STABLE = 1;

  private final Frame frame;
  private final int offset;
  private final Width width;

  VcpuInfo(Frame frame, int offset, Width width) {
    this.frame = frame;
    this.offset = offset;
    this.width = width;
  }

  Frame frame() {
    return frame;
  }

  public boolean upcallPending() {
    return frame.u8(at(EVTCHN_UPCALL_PENDING)) != 0;
  }

  /** Sets the byte; true when it was set before. */
  boolean testAndSetUpcallPending() {
    int word = at(EVTCHN_UPCALL_PENDING) & ~3;
    int shift = (at(EVTCHN_UPCALL_PENDING) & 3) * 8;
    return (frame.orU32(word, 1 << shift) >>> shift & 0xff) != 0;
  }

  public void clearUpcallMask() {
    frame.u8(at(EVTCHN_UPCALL_MASK), 0);
  }

  /** Marks the group of ports; true when it was marked before. */
  boolean testAndSetSelector(int port) {
    int group = port / width.longBits();
    int at = at(EVTCHN_PENDING_SEL) + (group >>> 5) * 4;
    int bit = 1 << (group & 31);
    return (frame.orU32(at, bit) & bit) != 0;
  }

  /** Marks every group, for a freshly registered area: the guest then looks at all of them. */
  void setAllSelectors() {
    int at = at(EVTCHN_PENDING_SEL);
    frame.orU32(at, -1);
    if (width == Width.W64) {
      frame.orU32(at + 4, -1);
    }
  }

  /** Copies the whole structure to its new place. */
  void copyTo(VcpuInfo other) {
    byte[] bytes = new byte[SIZE];
    frame.read(offset, bytes, 0, SIZE);
    other.frame.write(other.offset, bytes, 0, SIZE);
  }

  /**
   * Publishes the clock: struct vcpu_time_info. The TSC runs at 1 GHz and equals system time, so
   * the scale is 1: mul = 2^31 with shift 1.
   */
  void time(long systemTimeNs) {
    int at = at(TIME);
    int version = frame.u32(at);
    frame.releaseU32(at, version | 1);
    VarHandle.storeStoreFence();
    frame.u64(at + TSC_TIMESTAMP.offset(width), systemTimeNs);
    frame.u64(at + SYSTEM_TIME.offset(width), systemTimeNs);
    frame.u32(at + TSC_TO_SYSTEM_MUL.offset(width), TSC_TO_NS_MUL);
    frame.u8(at + TSC_SHIFT.offset(width), TSC_TO_NS_SHIFT);
    frame.u8(at + FLAGS.offset(width), TSC_STABLE);
    frame.releaseU32(at, (version | 1) + 1);
  }

  private int at(AbiOffset field) {
    return offset + field.offset(width);
  }
}
