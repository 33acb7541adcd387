package ringside.cpu.jvm;

import java.util.Optional;
import ringside.cpu.GuestException;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * One instruction with everything that is off as a rule: single-step, breakpoints, RF, #AC, the
 * limit of a code segment.
 *
 * <p>Invariant: outside {@link #run} no access is checked for alignment, so that no other way to
 * execute code has to look for it.
 */
final class CarefulStep {
  private static final int CS = 1;
  private static final int USER = 3;
  private static final long CR0_AM = 1 << 18;

  /** Flags with which a block may have to be executed carefully. */
  static final long UNUSUAL = Flags.TF | Flags.RF | Flags.AC;

  private final Core c;

  /** The instruction before loaded SS: debug exceptions wait (Intel SDM volume 3, 6.8.3). */
  private boolean stackLoaded;

  CarefulStep(Core core) {
    this.c = core;
  }

  /** Must the block at RIP be executed one careful instruction at a time? */
  boolean wanted(Block block) {
    return (c.flags & UNUSUAL) != 0 && unusual()
        || DebugRegisters.enabled(c)
        || !c.long64() && c.rip + block.bytes - 1 > c.segmentLimit[CS];
  }

  private boolean unusual() {
    return (c.flags & (Flags.TF | Flags.RF)) != 0 || alignment();
  }

  private boolean alignment() {
    return (c.flags & Flags.AC) != 0 && c.cpl == USER && (c.cr0 & CR0_AM) != 0;
  }

  /** Before the instruction is executed, or its probe told: faults that come first. */
  void check(Insn i) {
    boolean quiet = stackLoaded || (c.flags & Flags.RF) != 0;
    int met = quiet || !DebugRegisters.enabled(c) ? 0 : DebugRegisters.atInstruction(c, linear());
    if (met != 0) {
      DebugRegisters.note(c, met);
      throw c.fault(GuestException.DB);
    }
    if (!c.long64() && c.rip + i.length - 1 > c.segmentLimit[CS]) {
      throw c.protection();
    }
  }

  private long linear() {
    return c.linearRip();
  }

  /**
   * Executes the instruction.
   *
   * @return the debug trap behind it; RIP is that of the instruction to come
   */
  Optional<GuestException> run(Insn i) {
    long own = c.rip;
    long before = c.flags;
    long end = c.ticksEnd;
    c.ticksEnd = c.ticks; // one iteration of a repeated string instruction
    c.checksAlignment = alignment();
    if (!stackLoaded) {
      c.breakpointsMet = 0;
    }
    stackLoaded = false;
    c.flags &= ~Flags.RF;
    try {
      Interpreter.execute(c, i);
    } finally {
      c.ticksEnd = end;
      c.checksAlignment = false;
    }
    if (c.rip == own && (i.has(Insn.REP) || i.has(Insn.REPNE))) {
      c.flags |= before & Flags.RF; // not done: the breakpoint on it stays suppressed
    }
    if (c.shadow && i.mnemonic != Mnemonic.STI) {
      stackLoaded = true;
      return Optional.empty();
    }
    return trap(i, before);
  }

  private Optional<GuestException> trap(Insn i, long before) {
    boolean late = i.mnemonic == Mnemonic.SYSCALL || i.mnemonic == Mnemonic.SYSRET;
    boolean step = ((late ? c.flags : before) & Flags.TF) != 0;
    int met = c.breakpointsMet | (step ? DebugRegisters.DR6_BS : 0);
    if (met == 0) {
      return Optional.empty();
    }
    DebugRegisters.note(c, met);
    return Optional.of(new GuestException(GuestException.DB, -1, c.rip, 0));
  }
}
