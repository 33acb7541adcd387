package ringside.cpu.jvm;

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
    Insn[] insns = block.insns;
    Op[] ops = block.ops;
    long mask = instructionPointer(c);
    int at = 0;
    c.shadow = false; // only ends of blocks set it
    c.executing = true;
    try {
      do {
        Insn i = insns[at];
        c.next = c.rip + i.length & mask;
        c.ticks += i.length;
        ops[at].run(c, i);
        c.rip = c.next;
        at++;
      } while (at < ops.length
          && c.ticks < c.ticksEnd
          && !(one || c.exitRequested || c.codeChanged));
    } catch (CpuFault fault) {
      undo(c, insns[at], fault);
      throw fault;
    } finally {
      c.executing = false;
    }
  }

  /**
   * Executes one instruction at RIP.
   *
   * @throws CpuFault when it could not be done, or is to be followed by a trap
   */
  public static void execute(Core c, Insn i) {
    c.next = c.rip + i.length & instructionPointer(c);
    c.shadow = false;
    c.ticks += i.length;
    c.executing = true;
    try {
      Semantics.of(i).run(c, i);
    } catch (CpuFault fault) {
      undo(c, i, fault);
      throw fault;
    } finally {
      c.executing = false;
    }
    c.rip = c.next;
  }

  private static long instructionPointer(Core c) {
    return c.long64() ? -1 : 0xffff_ffffL;
  }

  private static void undo(Core c, Insn i, CpuFault fault) {
    if (!fault.trap()) {
      c.ticks -= i.length;
    }
  }
}
