package ringside.cpu.jvm.ops;

import ringside.cpu.jvm.Core;

/** The model-specific registers of {@link ringside.cpu.ProcessorMsrs#own}. */
final class OwnMsrs {
  private static final int SYSENTER_CS = 0x174;
  private static final int SYSENTER_ESP = 0x175;
  private static final int SYSENTER_EIP = 0x176;
  private static final int EFER = 0xc000_0080;
  private static final int STAR = 0xc000_0081;
  private static final int LSTAR = 0xc000_0082;
  private static final int CSTAR = 0xc000_0083;
  private static final int SFMASK = 0xc000_0084;
  private static final int FS_BASE = 0xc000_0100;
  private static final int GS_BASE = 0xc000_0101;
  private static final int KERNEL_GS_BASE = 0xc000_0102;
  private static final int FS = 4;
  private static final int GS = 5;
  private static final long CR0_PG = 1L << 31;
  private static final long EFER_LME = 0x100;
  private static final long EFER_LMA = 0x400;

  private OwnMsrs() {}

  static long read(Core c, int index) {
    return switch (index) {
      case SYSENTER_CS -> c.sysenterCs;
      case SYSENTER_ESP -> c.sysenterEsp;
      case SYSENTER_EIP -> c.sysenterEip;
      case EFER -> c.efer;
      case STAR -> c.star;
      case LSTAR -> c.lstar;
      case CSTAR -> c.cstar;
      case SFMASK -> c.sfmask;
      case FS_BASE -> c.segmentBase[FS];
      case GS_BASE -> c.segmentBase[GS];
      case KERNEL_GS_BASE -> c.kernelGsBase;
      default -> throw new AssertionError(index);
    };
  }

  /** Of a value that the register can hold. */
  static void write(Core c, int index, long value) {
    switch (index) {
      case SYSENTER_CS -> c.sysenterCs = value & 0xffff_ffffL;
      case SYSENTER_ESP -> c.sysenterEsp = value;
      case SYSENTER_EIP -> c.sysenterEip = value;
      case EFER -> writeEfer(c, value);
      case STAR -> c.star = value;
      case LSTAR -> c.lstar = value;
      case CSTAR -> c.cstar = value;
      case SFMASK -> c.sfmask = value & 0xffff_ffffL;
      case FS_BASE -> c.segmentBase[FS] = value;
      case GS_BASE -> c.segmentBase[GS] = value;
      case KERNEL_GS_BASE -> c.kernelGsBase = value;
      default -> throw new AssertionError(index);
    }
  }

  /** LME stands still while paging is on; LMA is read-only (Intel SDM volume 3, 9.8.5). */
  private static void writeEfer(Core c, long value) {
    if ((c.cr0 & CR0_PG) != 0 && ((value ^ c.efer) & EFER_LME) != 0) {
      throw c.protection();
    }
    c.efer = value & ~EFER_LMA | c.efer & EFER_LMA;
    c.modeChanged();
  }
}
