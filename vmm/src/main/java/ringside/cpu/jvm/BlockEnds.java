package ringside.cpu.jvm;

import java.util.EnumSet;
import java.util.Set;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * The instructions behind which a block ends: those that transfer control, and those after which
 * code may have to be decoded, translated or interrupted in another way.
 */
public final class BlockEnds {
  private static final Set<Mnemonic> ENDS =
      EnumSet.of(
          Mnemonic.CALL,
          Mnemonic.RET,
          Mnemonic.JMP,
          Mnemonic.JCC,
          Mnemonic.JCXZ,
          Mnemonic.LOOP,
          Mnemonic.LOOPE,
          Mnemonic.LOOPNE,
          Mnemonic.CALLF,
          Mnemonic.JMPF,
          Mnemonic.RETF,
          Mnemonic.IRET,
          Mnemonic.INT,
          Mnemonic.INT3,
          Mnemonic.INTO,
          Mnemonic.INT1,
          Mnemonic.UD0,
          Mnemonic.UD1,
          Mnemonic.UD2,
          Mnemonic.CLI,
          Mnemonic.STI,
          Mnemonic.POPF,
          Mnemonic.HLT,
          Mnemonic.SYSCALL,
          Mnemonic.SYSRET,
          Mnemonic.SYSENTER,
          Mnemonic.SYSEXIT,
          Mnemonic.IN,
          Mnemonic.OUT,
          Mnemonic.INS,
          Mnemonic.OUTS,
          Mnemonic.CPUID,
          Mnemonic.RDMSR,
          Mnemonic.WRMSR,
          Mnemonic.SWAPGS,
          Mnemonic.LGDT,
          Mnemonic.LIDT,
          Mnemonic.LLDT,
          Mnemonic.LTR,
          Mnemonic.LMSW,
          Mnemonic.CLTS,
          Mnemonic.INVLPG,
          Mnemonic.INVD,
          Mnemonic.WBINVD,
          Mnemonic.MOVCR,
          Mnemonic.MOVDR,
          Mnemonic.LES,
          Mnemonic.LDS,
          Mnemonic.LSS,
          Mnemonic.LFS,
          Mnemonic.LGS,
          Mnemonic.VMCALL,
          Mnemonic.MWAIT);

  private BlockEnds() {}

  public static boolean ends(Insn i) {
    return ENDS.contains(i.mnemonic)
        || i.a != null && i.a.kind() == ringside.cpu.x86.Arg.Kind.SEGMENT;
  }
}
