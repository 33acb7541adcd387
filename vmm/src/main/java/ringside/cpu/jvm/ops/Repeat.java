package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.Operands.mask;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;

/**
 * Repetition of string instructions (Intel SDM volume 1, 7.3.9.2).
 *
 * <p>Invariant: each iteration costs the ticks of the instruction, the first has paid already, and
 * none begins once the budget is spent. Registers and ticks are those of the iterations done before
 * anything of the next can fault; so the state is the same however many a piece does.
 */
public final class Repeat {
  private static final int RCX = 1;
  private static final int RSI = 6;
  private static final int RDI = 7;

  /** Some iterations of an instruction. */
  @FunctionalInterface
  interface Piece {
    /**
     * Does 1 to {@code most} iterations, RSI and RDI included.
     *
     * @return how many
     * @throws ringside.cpu.jvm.CpuFault of the first of them
     */
    long run(Core c, Insn i, long most);
  }

  private Repeat() {}

  /** Runs INS, MOVS, OUTS, LODS, STOS: either prefix repeats until RCX is 0. */
  static void run(Core c, Insn i, Piece piece) {
    run(c, i, piece, i.has(Insn.REP | Insn.REPNE), false, false);
  }

  /** Runs CMPS and SCAS: a prefix repeats as long as ZF is as it says. */
  static void compare(Core c, Insn i, Piece piece) {
    boolean whileNot = i.has(Insn.REPNE);
    run(c, i, piece, whileNot || i.has(Insn.REP), true, whileNot);
  }

  private static void run(
      Core c, Insn i, Piece piece, boolean repeated, boolean compares, boolean whileNot) {
    if (!repeated) {
      piece.run(c, i, 1);
      return;
    }
    long count = c.gpr[RCX] & mask(i.addressSize);
    while (count != 0) {
      long done = piece.run(c, i, compares ? 1 : Math.min(count, affordable(c, i)));
      count -= done;
      Operands.setGpr(c, RCX, i.addressSize, count);
      c.ticks += (done - 1) * i.length;
      if (count == 0 || compares && zero(c) == whileNot) {
        return;
      }
      if (interrupted(c)) {
        c.next = c.rip;
        return;
      }
      c.ticks += i.length;
    }
  }

  /** The iteration that is paid, and those that may still begin. */
  private static long affordable(Core c, Insn i) {
    if (c.ticks >= c.ticksEnd) {
      return 1;
    }
    return 1 + (c.ticksEnd - c.ticks + i.length - 1) / i.length;
  }

  /** Between two iterations: the budget is spent, or somebody asks. */
  private static boolean interrupted(Core c) {
    return c.ticks >= c.ticksEnd || c.exitRequested;
  }

  private static boolean zero(Core c) {
    return (Flags.arithmetic(c) & Flags.ZF) != 0;
  }

  /** Moves RSI over so many elements, in the direction of DF. */
  static void advanceSource(Core c, Insn i, long elements) {
    advance(c, i, RSI, elements);
  }

  static void advanceDestination(Core c, Insn i, long elements) {
    advance(c, i, RDI, elements);
  }

  private static void advance(Core c, Insn i, int register, long elements) {
    long bytes = elements * i.a.size();
    long by = (c.flags & Flags.DF) != 0 ? -bytes : bytes;
    Operands.setGpr(c, register, i.addressSize, c.gpr[register] + by);
  }
}
