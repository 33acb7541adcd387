package ringside.cpu.jvm.translate;

import ringside.cpu.jvm.Core;
import ringside.cpu.x86.Insn;

/**
 * Base of all generated classes: one region of guest code as one Java method, and tables for the
 * places where it may be left.
 *
 * <p>Invariant: after {@link #run} the core holds the registers and ticks of an instruction
 * boundary, and nothing beyond it was done.
 */
public abstract class RegionCode {
  /** RIP of each place where the region may be left. */
  long[] rips;

  /** Ticks that a block has paid for at its head, and has not used there. */
  int[] refunds;

  /** By entry: with fewer ticks left, nothing of it can be executed. */
  int[] least;

  /** Why it is left there. */
  Place[] places;

  /** Instructions that the interpreter's semantics execute. */
  Insn[] insns;

  /**
   * Executes from an entry until a place that is not in the region, a block that does not fit into
   * the ticks left, or an instruction that only the interpreter can do.
   *
   * @param entry which of {@link Shape#entries}, counted from 0
   * @param ticks at most, up to 2^31 - 1
   * @return the number of the place where it was left, or -1 behind an indirect jump
   */
  public abstract int run(Core core, int entry, int ticks);
}
