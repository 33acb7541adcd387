package ringside.domain;

import static ringside.abi.gen.SharedInfo.ARCH;
import static ringside.abi.gen.SharedInfo.EVTCHN_MASK;
import static ringside.abi.gen.SharedInfo.EVTCHN_PENDING;
import static ringside.abi.gen.SharedInfo.WC_NSEC;
import static ringside.abi.gen.SharedInfo.WC_SEC;
import static ringside.abi.gen.SharedInfo.WC_SEC_HI;
import static ringside.abi.gen.SharedInfo.WC_VERSION;

import ringside.abi.Width;
import ringside.abi.gen.ArchSharedInfo;
import ringside.memory.Frame;
import ringside.memory.MachineMemory;

/**
 * A domain's shared info page (public/xen.h, struct shared_info): pending and mask bits of the
 * event channels, one vcpu_info for each of the first 32 vCPUs, the wall clock.
 *
 * <p>Invariant: the frame lives as long as the domain, wherever the guest maps it. Its layout is
 * that of the guest's mode, latched by {@link #width(Width)} (Xen: has_32bit_shinfo). Port bits are
 * numbered alike in both layouts, since both are little-endian bit arrays.
 */
public final class SharedInfo implements AutoCloseable {
  private final Frame frame;
  private Width width = Width.W64;

  SharedInfo(MachineMemory machine) {
    this.frame = Frame.allocate(machine);
    if (frame == null) {
      throw new OutOfMachineMemory("a shared info page");
    }
  }

  public Frame frame() {
    return frame;
  }

  public Width width() {
    return width;
  }

  /** Latches the layout; the page itself is left as it is, as Xen does. */
  public void width(Width value) {
    width = value;
  }

  /** Number of event channel ports that the bitmaps have room for: 4096 or 1024. */
  public int ports() {
    return width.longBits() * width.longBits();
  }

  /** Offset of the vcpu_info of one of the first 32 vCPUs. */
  static int vcpuInfoOffset(int vcpu) {
    return vcpu * VcpuInfo.SIZE;
  }

  /** Sets the pending bit; true when it was set before. */
  public boolean testAndSetPending(int port) {
    int bit = 1 << (port & 31);
    return (frame.orU32(word(pending(), port), bit) & bit) != 0;
  }

  public boolean pending(int port) {
    return (frame.volatileU32(word(pending(), port)) >>> (port & 31) & 1) != 0;
  }

  public void clearPending(int port) {
    frame.andU32(word(pending(), port), ~(1 << (port & 31)));
  }

  public boolean masked(int port) {
    return (frame.volatileU32(word(mask(), port)) >>> (port & 31) & 1) != 0;
  }

  /** Clears the mask bit; true when it was set before. */
  public boolean testAndClearMask(int port) {
    int bit = 1 << (port & 31);
    return (frame.andU32(word(mask(), port), ~bit) & bit) != 0;
  }

  /** Wall clock at system time 0, in seconds and nanoseconds since 1970, UTC. */
  void wallClock(long seconds, int nanoseconds) {
    int at = WC_VERSION.offset(width);
    int version = frame.u32(at);
    frame.volatileU32(at, version | 1);
    frame.u32(WC_SEC.offset(width), (int) seconds);
    frame.u32(WC_NSEC.offset(width), nanoseconds);
    int high =
        width == Width.W64
            ? WC_SEC_HI.offset(width)
            : ARCH.offset(width) + ArchSharedInfo.WC_SEC_HI.offset(width);
    frame.u32(high, (int) (seconds >>> 32));
    frame.volatileU32(at, (version | 1) + 1);
  }

  private int pending() {
    return EVTCHN_PENDING.offset(width);
  }

  private int mask() {
    return EVTCHN_MASK.offset(width);
  }

  private static int word(int array, int port) {
    return array + (port >>> 5) * 4;
  }

  @Override
  public void close() {
    frame.close();
  }
}
