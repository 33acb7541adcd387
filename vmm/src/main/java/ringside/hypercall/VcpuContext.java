package ringside.hypercall;

import static ringside.abi.gen.VcpuAbi.VCPU_HVM_MODE_32B;
import static ringside.abi.gen.VcpuAbi.VCPU_HVM_MODE_64B;

import ringside.abi.gen.VcpuHvmContext;
import ringside.abi.gen.VcpuHvmX86_32;
import ringside.abi.gen.VcpuHvmX86_64;
import ringside.cpu.InitialState;
import ringside.cpu.Segment;

/**
 * struct vcpu_hvm_context as an initial state, with Xen's checks (arch_set_info_hvm_guest):
 * reserved bits, a mode that fits its control registers, segments that hold the instruction
 * pointer.
 */
final class VcpuContext {
  private static final long CR0_PE = 1;
  private static final long CR0_PG = 1L << 31;
  private static final long CR0_DEFINED = 0xe005_003fL;
  private static final long CR4_PAE = 1L << 5;
  private static final long CR4_DEFINED = 0x7ff;
  private static final long EFER_LME = 1L << 8;
  private static final long EFER_LMA = 1L << 10;
  private static final long EFER_DEFINED = 0xd01;
  private static final long RFLAGS_RESERVED_ONE = 2;

  private VcpuContext() {}

  /** Null for a context that no processor could be in. */
  static InitialState state(VcpuHvmContext context) {
    if (context.mode() == VCPU_HVM_MODE_32B) {
      return protected32(context.cpuRegsX86_32());
    }
    return context.mode() == VCPU_HVM_MODE_64B ? long64(context.cpuRegsX86_64()) : null;
  }

  private static boolean defined(long cr0, long cr4, long efer) {
    boolean known =
        (cr0 & ~CR0_DEFINED) == 0 && (cr4 & ~CR4_DEFINED) == 0 && (efer & ~EFER_DEFINED) == 0;
    return known && ((cr0 & CR0_PG) == 0 || (cr0 & CR0_PE) != 0);
  }

  private static InitialState long64(VcpuHvmX86_64 regs) {
    boolean longMode =
        (regs.cr0() & (CR0_PE | CR0_PG)) == (CR0_PE | CR0_PG)
            && (regs.cr4() & CR4_PAE) != 0
            && (regs.efer() & EFER_LME) != 0;
    if (!longMode || !defined(regs.cr0(), regs.cr4(), regs.efer())) {
      return null;
    }
    long[] general = {
      regs.rax(), regs.rcx(), regs.rdx(), regs.rbx(), regs.rsp(), regs.rbp(), regs.rsi(), regs.rdi()
    };
    return InitialState.long64(
        general,
        regs.rip(),
        regs.rflags() | RFLAGS_RESERVED_ONE,
        regs.cr0(),
        regs.cr3(),
        regs.cr4(),
        regs.efer() | EFER_LMA);
  }

  private static InitialState protected32(VcpuHvmX86_32 regs) {
    boolean paged = (regs.cr0() & CR0_PG) != 0;
    boolean mixed = paged && (regs.efer() & EFER_LME) != 0;
    Segment cs = segment(regs.csBase(), regs.csLimit(), regs.csAr());
    Segment ds = segment(regs.dsBase(), regs.dsLimit(), regs.dsAr());
    Segment es = segment(regs.esBase(), regs.esLimit(), regs.esAr());
    Segment ss = segment(regs.ssBase(), regs.ssLimit(), regs.ssAr());
    Segment tr = segment(regs.trBase(), regs.trLimit(), regs.trAr());
    boolean code32 =
        (cs.attributes() & 0x98) == 0x98 && (cs.attributes() & 0x4000) != 0 && !cs.longMode();
    boolean usable = code32 && (regs.cr0() & CR0_PE) != 0 && regs.eip() <= cs.limit() && !mixed;
    if (!usable || !defined(regs.cr0(), regs.cr4(), regs.efer())) {
      return null;
    }
    long[] general = {
      regs.eax(), regs.ecx(), regs.edx(), regs.ebx(), regs.esp(), regs.ebp(), regs.esi(), regs.edi()
    };
    return new InitialState(
        false,
        general,
        regs.eip(),
        regs.eflags() | RFLAGS_RESERVED_ONE,
        regs.cr0(),
        regs.cr3(),
        regs.cr4(),
        regs.efer(),
        cs,
        ds,
        es,
        ss,
        tr);
  }

  /** Xen's attributes have no reserved nibble between the low byte and G, D, L, AVL. */
  private static Segment segment(long base, long limit, int attributes) {
    return new Segment(0, base, limit, attributes & 0xff | (attributes & 0xf00) << 4);
  }
}
