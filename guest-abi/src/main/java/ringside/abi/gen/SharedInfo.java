package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct shared_info}. The shared info page, see XENMAPSPACE_shared_info. Ports are bits,
 * 2-level ABI.
 */
public final class SharedInfo extends Snapshot {
  /** inout vcpu_info[32]: of vCPUs 0 to 31, see VCPUOP_register_vcpu_info. */
  public static final AbiOffset VCPU_INFO = new AbiOffset("vcpu_info", 0, 0, 2048, 2048);

  /** inout ulong[64|32]: bit p: port p is pending; the guest clears it. */
  public static final AbiOffset EVTCHN_PENDING =
      new AbiOffset("evtchn_pending", 2048, 2048, 512, 128);

  /** inout ulong[64|32]: bit p: port p makes no upcall; the guest writes it. */
  public static final AbiOffset EVTCHN_MASK = new AbiOffset("evtchn_mask", 2560, 2176, 512, 128);

  /** out u32: odd while the hypervisor writes the wall clock. */
  public static final AbiOffset WC_VERSION = new AbiOffset("wc_version", 3072, 2304, 4, 4);

  /** out u32: seconds since 1970 at system time 0, lower half. */
  public static final AbiOffset WC_SEC = new AbiOffset("wc_sec", 3076, 2308, 4, 4);

  /** out u32: and ns. */
  public static final AbiOffset WC_NSEC = new AbiOffset("wc_nsec", 3080, 2312, 4, 4);

  /** out u32, W64 only: upper half of wc_sec. */
  public static final AbiOffset WC_SEC_HI = new AbiOffset("wc_sec_hi", 3084, -1, 4, 0);

  /** inout struct arch_shared_info. */
  public static final AbiOffset ARCH = new AbiOffset("arch", 3088, 2316, 48, 28);

  private SharedInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 3136 : 2344;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static SharedInfo of(byte[] bytes, Width width) {
    return new SharedInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static SharedInfo of(byte[] bytes, int base, Width width) {
    return new SharedInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static SharedInfo zero(Width width) {
    return new SharedInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "shared_info";
  }

  /** An element, over the same bytes. */
  public VcpuInfo vcpuInfo(int index) {
    return VcpuInfo.of(bytes, base + element(0, index, 32, 64), width());
  }

  /** Bit p: port p is pending; the guest clears it. */
  public long evtchnPending(int index) {
    return getLong(element(2048, index, w64 ? 64 : 32, w64 ? 8 : 4));
  }

  /** Sets an element of evtchn_pending. */
  public void evtchnPending(int index, long value) {
    putLong(element(2048, index, w64 ? 64 : 32, w64 ? 8 : 4), value);
  }

  /** Bit p: port p makes no upcall; the guest writes it. */
  public long evtchnMask(int index) {
    return getLong(element(w64 ? 2560 : 2176, index, w64 ? 64 : 32, w64 ? 8 : 4));
  }

  /** Sets an element of evtchn_mask. */
  public void evtchnMask(int index, long value) {
    putLong(element(w64 ? 2560 : 2176, index, w64 ? 64 : 32, w64 ? 8 : 4), value);
  }

  /** Odd while the hypervisor writes the wall clock. */
  public long wcVersion() {
    return getU32(w64 ? 3072 : 2304);
  }

  /** Sets wc_version. */
  public void wcVersion(long value) {
    put32(w64 ? 3072 : 2304, value);
  }

  /** Seconds since 1970 at system time 0, lower half. */
  public long wcSec() {
    return getU32(w64 ? 3076 : 2308);
  }

  /** Sets wc_sec. */
  public void wcSec(long value) {
    put32(w64 ? 3076 : 2308, value);
  }

  /** And ns. */
  public long wcNsec() {
    return getU32(w64 ? 3080 : 2312);
  }

  /** Sets wc_nsec. */
  public void wcNsec(long value) {
    put32(w64 ? 3080 : 2312, value);
  }

  /** Upper half of wc_sec. */
  public long wcSecHi() {
    return getU32(WC_SEC_HI.offset(width()));
  }

  /** Sets wc_sec_hi. */
  public void wcSecHi(long value) {
    put32(WC_SEC_HI.offset(width()), value);
  }

  /** The nested structure, over the same bytes. */
  public ArchSharedInfo arch() {
    return ArchSharedInfo.of(bytes, base + (w64 ? 3088 : 2316), width());
  }
}
