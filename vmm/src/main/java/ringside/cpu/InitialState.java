package ringside.cpu;

import java.util.Arrays;

/**
 * State of a vCPU before its first instruction: what the PVH boot protocol promises, or what
 * VCPUOP_initialise hands over (struct vcpu_hvm_context).
 *
 * @param general RAX RCX RDX RBX RSP RBP RSI RDI, in the order of {@link Register}
 * @param longMode start in 64-bit mode with flat segments; else 32-bit protected mode (paged or
 *     not) with the given segments
 */
public record InitialState(
    boolean longMode,
    long[] general,
    long rip,
    long rflags,
    long cr0,
    long cr3,
    long cr4,
    long efer,
    Segment cs,
    Segment ds,
    Segment es,
    Segment ss,
    Segment tr) {
  private static final Segment FLAT_CODE = new Segment(0x8, 0, 0xffff_ffffL, Segment.CODE_32);
  private static final Segment FLAT_DATA = new Segment(0x10, 0, 0xffff_ffffL, Segment.DATA_32);
  private static final Segment FLAT_TSS = new Segment(0, 0, 0x67, Segment.TSS_32_BUSY);

  public InitialState {
    if (general.length != 8) {
      throw new IllegalArgumentException("eight general registers, not " + general.length);
    }
    general = general.clone();
  }

  @Override
  public long[] general() {
    return general.clone();
  }

  /** PVH boot: 32-bit flat protected mode, paging off, EBX = start info (pvh.pandoc). */
  public static InitialState pvh(long entry, long startInfo) {
    long[] general = new long[8];
    general[Register.RBX.ordinal()] = startInfo;
    return protected32(general, entry, 0x2, 0x11, 0, 0, 0);
  }

  public static InitialState protected32(
      long[] general, long rip, long rflags, long cr0, long cr3, long cr4, long efer) {
    return new InitialState(
        false, general, rip, rflags, cr0, cr3, cr4, efer, FLAT_CODE, FLAT_DATA, FLAT_DATA,
        FLAT_DATA, FLAT_TSS);
  }

  public static InitialState long64(
      long[] general, long rip, long rflags, long cr0, long cr3, long cr4, long efer) {
    Segment code = new Segment(0x8, 0, 0xffff_ffffL, Segment.CODE_64);
    return new InitialState(
        true, general, rip, rflags, cr0, cr3, cr4, efer, code, FLAT_DATA, FLAT_DATA, FLAT_DATA,
        FLAT_TSS);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof InitialState s && toString().equals(s.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return (longMode ? "64-bit" : "32-bit")
        + " rip 0x"
        + Long.toHexString(rip)
        + " general "
        + Arrays.toString(general)
        + " rflags "
        + rflags
        + " cr "
        + Long.toHexString(cr0)
        + " "
        + Long.toHexString(cr3)
        + " "
        + Long.toHexString(cr4)
        + " efer "
        + Long.toHexString(efer)
        + " "
        + cs
        + ds
        + es
        + ss
        + tr;
  }
}
