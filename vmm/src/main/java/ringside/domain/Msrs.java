package ringside.domain;

import ringside.cpu.GeneralProtection;
import ringside.cpu.Register;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * The model-specific registers of one vCPU: those that a 64-bit guest needs, those of Xen, and a
 * few that guests read without asking CPUID first. Any other raises #GP, as on Xen.
 *
 * <p>Does not: write-protect or interpret MTRRs and PAT; memory is always write-back.
 */
final class Msrs {
  private static final int TSC = 0x10;
  private static final int APIC_BASE = 0x1b;
  private static final int MTRR_CAP = 0xfe;
  private static final int MISC_ENABLE = 0x1a0;
  private static final int PAT = 0x277;
  private static final int MTRR_DEF_TYPE = 0x2ff;
  private static final int EFER = 0xc000_0080;
  private static final int FS_BASE = 0xc000_0100;
  private static final int GS_BASE = 0xc000_0101;
  private static final int KERNEL_GS_BASE = 0xc000_0102;
  private static final int XEN_HYPERCALL_PAGE = 0x4000_0000;
  private static final int XEN_RANGE = 0x4000_00ff;

  private static final long APIC_ENABLED = 0xfee0_0800L;
  private static final long APIC_BSP = 0x100;
  private static final long PAT_RESET = 0x0007_0406_0007_0406L;
  private static final long MTRR_WRITE_BACK_ENABLED = 0x806;

  private final Vcpu vcpu;
  private long pat = PAT_RESET;

  Msrs(Vcpu vcpu) {
    this.vcpu = vcpu;
  }

  long read(int index) throws GeneralProtection {
    return switch (index) {
      case TSC -> vcpu.domain().machine().clock().now();
      case APIC_BASE -> APIC_ENABLED | (vcpu.id() == 0 ? APIC_BSP : 0);
      case MTRR_CAP, MISC_ENABLE -> 0;
      case PAT -> pat;
      case MTRR_DEF_TYPE -> MTRR_WRITE_BACK_ENABLED;
      case EFER -> vcpu.cpu().get(Register.EFER);
      case FS_BASE -> vcpu.cpu().get(Register.FS_BASE);
      case GS_BASE -> vcpu.cpu().get(Register.GS_BASE);
      case KERNEL_GS_BASE -> vcpu.cpu().get(Register.KERNEL_GS_BASE);
      case XEN_HYPERCALL_PAGE -> 0;
      default -> throw unknown(index);
    };
  }

  void write(int index, long value) throws GeneralProtection {
    switch (index) {
      case APIC_BASE -> {
        if (value != read(APIC_BASE)) {
          throw new GeneralProtection("the local APIC can be neither moved nor disabled");
        }
      }
      case MISC_ENABLE -> {
        // Nothing in it is offered; a guest that writes back what it read is right.
      }
      case PAT -> pat = value;
      case EFER -> vcpu.cpu().set(Register.EFER, checkedEfer(value));
      case FS_BASE -> vcpu.cpu().set(Register.FS_BASE, canonical(value));
      case GS_BASE -> vcpu.cpu().set(Register.GS_BASE, canonical(value));
      case KERNEL_GS_BASE -> vcpu.cpu().set(Register.KERNEL_GS_BASE, canonical(value));
      case XEN_HYPERCALL_PAGE -> writeHypercallPage(value);
      default -> throw unknown(index);
    }
  }

  private static GeneralProtection unknown(int index) {
    String what = index >= XEN_HYPERCALL_PAGE && index <= XEN_RANGE ? "Xen MSR" : "MSR";
    return new GeneralProtection("unknown " + what + " 0x" + Integer.toHexString(index));
  }

  private static long canonical(long value) throws GeneralProtection {
    if (value << 16 >> 16 != value) {
      throw new GeneralProtection("0x" + Long.toHexString(value) + " is not canonical");
    }
    return value;
  }

  /** EFER: SCE 0, LME 8, LMA 10 (read-only), NXE 11; LME may not change while paging is on. */
  private long checkedEfer(long value) throws GeneralProtection {
    long old = vcpu.cpu().get(Register.EFER);
    boolean paging =
        vcpu.cpu().get(Register.CR0) < 0 || (vcpu.cpu().get(Register.CR0) >>> 31 & 1) != 0;
    if ((value & ~0xd01L) != 0 || paging && ((value ^ old) & 0x100) != 0) {
      throw new GeneralProtection("EFER 0x" + Long.toHexString(value));
    }
    return value & ~0x400L | old & 0x400L;
  }

  /** Writes the stubs into the guest's page: 32 bytes for each of 128 hypercall numbers. */
  private void writeHypercallPage(long value) throws GeneralProtection {
    Gpa page = new Gpa(value & -Gpa.PAGE_SIZE);
    if ((value & Gpa.PAGE_SIZE - 1) != 0) {
      throw new GeneralProtection("there is one hypercall page, index 0");
    }
    try {
      vcpu.domain().space().write(page, vcpu.domain().machine().hypercalls().page());
    } catch (GuestFault e) {
      throw new GeneralProtection("hypercall page: " + e.getMessage());
    }
    vcpu.cpu().flush();
    vcpu.domain().latchWidth(vcpu.width());
  }
}
