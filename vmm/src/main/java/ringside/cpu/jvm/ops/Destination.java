package ringside.cpu.jvm.ops;

import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.CpuFault;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;

/**
 * Operands that are read, changed and written back.
 *
 * <p>Invariant: a fault in any step leaves registers and memory as they were. A page that cannot be
 * written faults as a write, also where it is the read that finds out: processors read such
 * operands with the intent to store.
 */
final class Destination {
  /** The new value, of which the operand takes its size. */
  @FunctionalInterface
  interface Change {
    long of(long old, long operand);
  }

  private Destination() {}

  /**
   * Changes the first operand, with LOCK in one step against all processors.
   *
   * @return what it was
   */
  static long change(Core c, Insn i, Change change, long operand) {
    Arg a = i.a;
    if (!a.memory()) {
      long old = Operands.read(c, i, a);
      Operands.write(c, i, a, change.of(old, operand));
      return old;
    }
    return change(c, i, linear(c, i), change, operand);
  }

  /** Changes memory of the first operand's size at a linear address. */
  static long change(Core c, Insn i, long linear, Change change, long operand) {
    int size = i.a.size();
    if (i.has(Insn.LOCK)) {
      return locked(c, linear, size, change, operand);
    }
    long old = loadToStore(c, linear, size);
    c.mmu.store(linear, size, change.of(old, operand) & Operands.mask(size));
    return old;
  }

  static long locked(Core c, long linear, int size, Change change, long operand) {
    long mask = Operands.mask(size);
    return c.mmu.update(linear, size, old -> change.of(old, operand) & mask);
  }

  /** Linear address of the memory operand, which is the first and will be written. */
  static long linear(Core c, Insn i) {
    return Operands.linear(c, i.segment, Operands.address(c, i), i.a.size(), true);
  }

  static long loadToStore(Core c, long linear, int size) {
    try {
      return c.mmu.load(linear, size);
    } catch (CpuFault fault) {
      c.mmu.checkStore(linear, size);
      throw fault;
    }
  }
}
