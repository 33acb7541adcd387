package ringside.cpu.jvm;

import ringside.cpu.GuestException;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;

/**
 * Executes decoded blocks one instruction at a time: cold code, the ends of budgets, single steps,
 * and whatever translated code gives back.
 */
public final class Interpreter {
  private final Core core;

  Interpreter(Core core) {
    this.core = core;
  }

  /**
   * Executes the block until its end, the end of the budget, or a request to leave.
   *
   * @param one execute only the first instruction
   * @throws CpuFault of an instruction; RIP and ticks are those before it, unless it is a trap
   */
  void run(Block block, boolean one) {
    Core c = core;
    for (Insn i : block.insns) {
      execute(c, i);
      if (one || c.ticks >= c.ticksEnd || c.exitRequested || c.codeChanged) {
        return;
      }
    }
  }

  /**
   * Executes one instruction at RIP.
   *
   * @throws CpuFault when it could not be done, or is to be followed by a trap
   */
  public static void execute(Core c, Insn i) {
    if (i.form == Form.UNDEFINED) {
      throw c.undefined();
    }
    if (i.form == Form.TOO_LONG) {
      throw c.fault(GuestException.GP, 0);
    }
    c.next = c.rip + i.length & Operands.mask(c.mode.addressSize() == 8 ? 8 : 4);
    c.shadow = false;
    c.ticks += i.length;
    c.executing = true;
    try {
      Semantics.of(i.mnemonic).run(c, i);
    } catch (CpuFault fault) {
      if (!fault.trap()) {
        c.ticks -= i.length;
      }
      throw fault;
    } finally {
      c.executing = false;
    }
    c.rip = c.next;
  }
}
