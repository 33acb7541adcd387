package ringside.cpu.jvm.translate;

/** Why a region was left. */
public enum Place {
  /** The next block does not fit into the ticks left. */
  BUDGET,
  /** A direct branch, or the next instruction, to code outside. */
  ELSEWHERE,
  /** An indirect branch to code outside. */
  INDIRECT,
  /** An access that is not plain memory, or an error. */
  ACCESS,
  /** An instruction that only the interpreter executes. */
  INSTRUCTION,
  /** HLT was executed. */
  HALT,
  /** Somebody asked for it. */
  REQUEST
}
