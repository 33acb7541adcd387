package ringside.cpu.jvm;

import ringside.cpu.x86.Insn;

/**
 * What one mnemonic does to the processor: the reference semantics, used by the interpreter and by
 * translated code that has nothing faster.
 */
@FunctionalInterface
public interface Op {
  /**
   * Executes the instruction at {@link Core#rip}.
   *
   * @throws CpuFault when it cannot be done; then nothing of it is visible
   */
  void run(Core c, Insn i);
}
