package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * The order of memory accesses, and hints to caches. Loads and stores of this processor are in
 * order already but for a store and a later load (Intel SDM volume 3, 9.2.2): only MFENCE has
 * something to do.
 */
public final class Fences {
  private Fences() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.MFENCE, (c, i) -> HostMemory.UNSAFE.fullFence());
    into.put(Mnemonic.LFENCE, (c, i) -> {});
    into.put(Mnemonic.SFENCE, (c, i) -> {});
    into.put(Mnemonic.PREFETCH, (c, i) -> {});
    into.put(Mnemonic.CLFLUSH, Fences::flush);
  }

  /** Faults as a load of the byte does. */
  private static void flush(Core c, Insn i) {
    Operands.load(c, i.segment, Operands.address(c, i), 1);
  }
}
