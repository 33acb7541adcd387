package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/** {@code struct vcpu_info}. A vCPU's events and time. */
public final class VcpuInfo extends Snapshot {
  /** inout u8: set by the hypervisor when an event is to be handled; the guest clears it first. */
  public static final AbiOffset EVTCHN_UPCALL_PENDING =
      new AbiOffset("evtchn_upcall_pending", 0, 0, 1, 1);

  /** inout u8: not looked at for PVH guests, which use the interrupt flag. */
  public static final AbiOffset EVTCHN_UPCALL_MASK =
      new AbiOffset("evtchn_upcall_mask", 1, 1, 1, 1);

  /** inout ulong: bit n: word n of evtchn_pending holds an event for this vCPU. */
  public static final AbiOffset EVTCHN_PENDING_SEL =
      new AbiOffset("evtchn_pending_sel", 8, 4, 8, 4);

  /** out struct arch_vcpu_info. */
  public static final AbiOffset ARCH = new AbiOffset("arch", 16, 8, 16, 24);

  /** out struct vcpu_time_info. */
  public static final AbiOffset TIME = new AbiOffset("time", 32, 32, 32, 32);

  private VcpuInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 64;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuInfo of(byte[] bytes, Width width) {
    return new VcpuInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuInfo of(byte[] bytes, int base, Width width) {
    return new VcpuInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuInfo zero(Width width) {
    return new VcpuInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_info";
  }

  /** Set by the hypervisor when an event is to be handled; the guest clears it first. */
  public int evtchnUpcallPending() {
    return getU8(0);
  }

  /** Sets evtchn_upcall_pending. */
  public void evtchnUpcallPending(long value) {
    put8(0, value);
  }

  /** Not looked at for PVH guests, which use the interrupt flag. */
  public int evtchnUpcallMask() {
    return getU8(1);
  }

  /** Sets evtchn_upcall_mask. */
  public void evtchnUpcallMask(long value) {
    put8(1, value);
  }

  /** Bit n: word n of evtchn_pending holds an event for this vCPU. */
  public long evtchnPendingSel() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets evtchn_pending_sel. */
  public void evtchnPendingSel(long value) {
    putLong(w64 ? 8 : 4, value);
  }

  /** The nested structure, over the same bytes. */
  public ArchVcpuInfo arch() {
    return ArchVcpuInfo.of(bytes, base + (w64 ? 16 : 8), width());
  }

  /** The nested structure, over the same bytes. */
  public VcpuTimeInfo time() {
    return VcpuTimeInfo.of(bytes, base + 32, width());
  }
}
