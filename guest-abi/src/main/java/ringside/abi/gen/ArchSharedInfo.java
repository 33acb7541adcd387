package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct arch_shared_info}. The part of shared_info that is left to the architecture; only
 * PV guests use it.
 */
public final class ArchSharedInfo extends Snapshot {
  /** inout ulong: number of entries in the p2m. */
  public static final AbiOffset MAX_PFN = new AbiOffset("max_pfn", 0, 0, 8, 4);

  /** inout xen_pfn_t: root of the p2m. */
  public static final AbiOffset PFN_TO_MFN_FRAME_LIST_LIST =
      new AbiOffset("pfn_to_mfn_frame_list_list", 8, 4, 8, 4);

  /** out ulong: why the last NMI came. */
  public static final AbiOffset NMI_REASON = new AbiOffset("nmi_reason", 16, 8, 8, 4);

  /** inout ulong: address space in which p2m_vaddr holds. */
  public static final AbiOffset P2M_CR3 = new AbiOffset("p2m_cr3", 24, 12, 8, 4);

  /** inout ulong: linear address of the p2m. */
  public static final AbiOffset P2M_VADDR = new AbiOffset("p2m_vaddr", 32, 16, 8, 4);

  /** inout ulong: odd while the guest changes the p2m. */
  public static final AbiOffset P2M_GENERATION = new AbiOffset("p2m_generation", 40, 20, 8, 4);

  /** out u32, W32 only: upper half of the wall clock's seconds. */
  public static final AbiOffset WC_SEC_HI = new AbiOffset("wc_sec_hi", -1, 24, 0, 4);

  private ArchSharedInfo(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return width == Width.W64 ? 48 : 28;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static ArchSharedInfo of(byte[] bytes, Width width) {
    return new ArchSharedInfo(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static ArchSharedInfo of(byte[] bytes, int base, Width width) {
    return new ArchSharedInfo(bytes, base, width);
  }

  /** A structure of zeros. */
  public static ArchSharedInfo zero(Width width) {
    return new ArchSharedInfo(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "arch_shared_info";
  }

  /** Number of entries in the p2m. */
  public long maxPfn() {
    return getLong(0);
  }

  /** Sets max_pfn. */
  public void maxPfn(long value) {
    putLong(0, value);
  }

  /** Root of the p2m. */
  public long pfnToMfnFrameListList() {
    return getLong(w64 ? 8 : 4);
  }

  /** Sets pfn_to_mfn_frame_list_list. */
  public void pfnToMfnFrameListList(long value) {
    putLong(w64 ? 8 : 4, value);
  }

  /** Why the last NMI came. */
  public long nmiReason() {
    return getLong(w64 ? 16 : 8);
  }

  /** Sets nmi_reason. */
  public void nmiReason(long value) {
    putLong(w64 ? 16 : 8, value);
  }

  /** Address space in which p2m_vaddr holds. */
  public long p2mCr3() {
    return getLong(w64 ? 24 : 12);
  }

  /** Sets p2m_cr3. */
  public void p2mCr3(long value) {
    putLong(w64 ? 24 : 12, value);
  }

  /** Linear address of the p2m. */
  public long p2mVaddr() {
    return getLong(w64 ? 32 : 16);
  }

  /** Sets p2m_vaddr. */
  public void p2mVaddr(long value) {
    putLong(w64 ? 32 : 16, value);
  }

  /** Odd while the guest changes the p2m. */
  public long p2mGeneration() {
    return getLong(w64 ? 40 : 20);
  }

  /** Sets p2m_generation. */
  public void p2mGeneration(long value) {
    putLong(w64 ? 40 : 20, value);
  }

  /** Upper half of the wall clock's seconds. */
  public long wcSecHi() {
    return getU32(WC_SEC_HI.offset(width()));
  }

  /** Sets wc_sec_hi. */
  public void wcSecHi(long value) {
    put32(WC_SEC_HI.offset(width()), value);
  }
}
