package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * MOV to and from control registers, LMSW, SMSW, CLTS (Intel SDM volume 3, 2.5 and 9.8.5): what the
 * registers can hold, and how long mode comes and goes.
 *
 * <p>Does not offer: virtual-8086 extensions, SMEP, SMAP, PCID, UMIP, FSGSBASE, XSAVE.
 */
public final class ControlRegisters {
  private static final long CR0_PE = 1;
  private static final long CR0_ET = 0x10;
  private static final long CR0_TS = 8;
  private static final long CR0_NW = 1L << 29;
  private static final long CR0_CD = 1L << 30;
  private static final long CR0_PG = 1L << 31;
  private static final long CR0_DEFINED = 0xe005_003fL;
  private static final long CR4_PAE = 0x20;

  /** TSD, DE, PSE, PAE, MCE, PGE, PCE, OSFXSR, OSXMMEXCPT. */
  private static final long CR4_DEFINED = 0x7fc;

  private static final long EFER_LME = 0x100;
  private static final long EFER_LMA = 0x400;
  private static final int CS_LONG = 0x2000;
  private static final long PHYSICAL_RESERVED = -1L << 52;
  private static final long PDPTE_RESERVED = -1L << 52 | 0x1e6;
  private static final long LMSW_BITS = 0xf;

  private ControlRegisters() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MOVCR, ControlRegisters::mov);
    into.put(Mnemonic.LMSW, ControlRegisters::lmsw);
    into.put(Mnemonic.SMSW, (c, i) -> Operands.write(c, i, i.a, c.cr0 & Operands.mask(i.a.size())));
    into.put(Mnemonic.CLTS, (c, i) -> clts(c));
  }

  private static void mov(Core c, Insn i) {
    Privilege.kernel(c);
    if (i.a.kind() == Arg.Kind.CONTROL) {
      write(c, i.a.number(), Operands.read(c, i, i.b));
    } else {
      Operands.write(c, i, i.a, read(c, i.b.number()));
    }
  }

  private static long read(Core c, int number) {
    return switch (number) {
      case 0 -> c.cr0;
      case 2 -> c.cr2;
      case 3 -> c.cr3;
      case 4 -> c.cr4;
      case 8 -> c.cr8;
      default -> throw c.undefined();
    };
  }

  private static void write(Core c, int number, long value) {
    switch (number) {
      case 0 -> writeCr0(c, value);
      case 2 -> c.cr2 = value;
      case 3 -> {
        check(c, !c.longModeActive() || (value & PHYSICAL_RESERVED) == 0);
        if (paePaging(c, c.cr0, c.cr4)) {
          checkPointers(c, value);
        }
        c.cr3 = value;
        c.modeChanged();
      }
      case 4 -> writeCr4(c, value);
      case 8 -> {
        check(c, (value & ~0xfL) == 0);
        c.cr8 = value;
      }
      default -> throw c.undefined();
    }
  }

  private static void check(Core c, boolean allowed) {
    if (!allowed) {
      throw c.protection();
    }
  }

  private static void writeCr0(Core c, long wanted) {
    check(c, wanted >>> 32 == 0);
    long value = wanted & CR0_DEFINED | CR0_ET;
    boolean paging = (value & CR0_PG) != 0;
    check(c, !paging || (value & CR0_PE) != 0);
    check(c, (value & CR0_NW) == 0 || (value & CR0_CD) != 0);
    boolean before = (c.cr0 & CR0_PG) != 0;
    long efer = c.efer;
    if (paging && !before && (efer & EFER_LME) != 0) {
      check(c, (c.cr4 & CR4_PAE) != 0 && (c.segmentAttributes[1] & CS_LONG) == 0);
      efer |= EFER_LMA;
    } else if (!paging && before) {
      check(c, !c.long64());
      efer &= ~EFER_LMA;
    }
    if ((efer & EFER_LMA) == 0 && paePaging(c, value, c.cr4)) {
      checkPointers(c, c.cr3);
    }
    c.efer = efer;
    c.cr0 = value;
    c.modeChanged();
  }

  private static void writeCr4(Core c, long value) {
    check(c, (value & ~CR4_DEFINED) == 0);
    check(c, !c.longModeActive() || (value & CR4_PAE) != 0);
    if (paePaging(c, c.cr0, value)) {
      checkPointers(c, c.cr3);
    }
    c.cr4 = value;
    c.modeChanged();
  }

  private static boolean paePaging(Core c, long cr0, long cr4) {
    return (cr0 & CR0_PG) != 0 && (cr4 & CR4_PAE) != 0 && !c.longModeActive();
  }

  /**
   * The four page-directory pointers are read when CR3 is loaded, and refused when one that is
   * present has reserved bits (volume 3, 4.4.1). Each walk reads them again.
   */
  private static void checkPointers(Core c, long cr3) {
    for (int n = 0; n < 4; n++) {
      long entry = pointer(c, (cr3 & 0xffff_ffe0L) + 8L * n);
      check(c, (entry & 1) == 0 || (entry & PDPTE_RESERVED) == 0);
    }
  }

  private static long pointer(Core c, long gpa) {
    try {
      return c.space.u64(new Gpa(gpa));
    } catch (GuestFault e) {
      return -1; // no memory there: the bus answers all ones
    }
  }

  /** PE can be set by it, not cleared. */
  private static void lmsw(Core c, Insn i) {
    Privilege.kernel(c);
    long bits = Operands.read(c, i, i.a) & LMSW_BITS;
    writeCr0(c, c.cr0 & ~(LMSW_BITS & ~CR0_PE) | bits);
  }

  private static void clts(Core c) {
    Privilege.kernel(c);
    c.cr0 &= ~CR0_TS;
  }
}
