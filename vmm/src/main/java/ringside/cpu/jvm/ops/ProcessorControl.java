package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * The interrupt flag, HLT, SWAPGS, translations and caches; and the instructions that are decoded
 * but not offered by CPUID, which raise #UD whatever the privilege level.
 */
public final class ProcessorControl {
  private static final int GS = 5;

  private ProcessorControl() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.CLI, (c, i) -> cli(c));
    into.put(Mnemonic.STI, (c, i) -> sti(c));
    into.put(Mnemonic.HLT, (c, i) -> hlt(c));
    into.put(Mnemonic.SWAPGS, (c, i) -> swapgs(c));
    into.put(Mnemonic.INVLPG, ProcessorControl::invlpg);
    into.put(Mnemonic.INVD, (c, i) -> Privilege.kernel(c));
    into.put(Mnemonic.WBINVD, (c, i) -> Privilege.kernel(c));
    for (Mnemonic m :
        new Mnemonic[] {
          Mnemonic.UD0,
          Mnemonic.UD1,
          Mnemonic.UD2,
          Mnemonic.VMCALL,
          Mnemonic.XGETBV,
          Mnemonic.MONITOR,
          Mnemonic.MWAIT
        }) {
      into.put(
          m,
          (c, i) -> {
            throw c.undefined();
          });
    }
  }

  private static void cli(Core c) {
    Privilege.inputOutput(c);
    c.flags &= ~(long) Flags.IF;
  }

  /** The instruction behind it is still not interrupted, unless interrupts were on already. */
  private static void sti(Core c) {
    Privilege.inputOutput(c);
    c.shadow = (c.flags & Flags.IF) == 0;
    c.flags |= Flags.IF;
  }

  private static void hlt(Core c) {
    Privilege.kernel(c);
    c.halted = true;
  }

  private static void swapgs(Core c) {
    Privilege.kernel(c);
    long base = c.segmentBase[GS];
    c.segmentBase[GS] = c.kernelGsBase;
    c.kernelGsBase = base;
  }

  /** No address faults; one that is not canonical does nothing. */
  private static void invlpg(Core c, Insn i) {
    Privilege.kernel(c);
    long offset = Operands.address(c, i);
    boolean based = !c.long64() || i.segment >= 4;
    long linear = based ? c.segmentBase[i.segment] + offset : offset;
    c.mmu.invalidate(c.long64() ? linear : linear & 0xffff_ffffL);
  }
}
