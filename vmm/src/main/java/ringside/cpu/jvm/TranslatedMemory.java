package ringside.cpu.jvm;

import ringside.cpu.GuestException;
import ringside.cpu.SystemMemory;

/** {@link SystemMemory} through the processor's own {@link ringside.cpu.jvm.memory.Mmu}. */
final class TranslatedMemory implements SystemMemory {
  private final Core c;

  TranslatedMemory(Core core) {
    this.c = core;
  }

  @Override
  public long read(long address, int size) throws Fault {
    try {
      return c.mmu.loadSystem(linear(address), size);
    } catch (CpuFault e) {
      throw fault(e);
    }
  }

  @Override
  public void probeWrite(long address, int size) throws Fault {
    try {
      c.mmu.checkStoreSystem(linear(address), size);
    } catch (CpuFault e) {
      throw fault(e);
    }
  }

  @Override
  public void write(long address, int size, long value) throws Fault {
    try {
      c.mmu.storeSystem(linear(address), size, value);
    } catch (CpuFault e) {
      throw fault(e);
    }
  }

  /** Outside long mode linear addresses wrap at 4 GiB. */
  private long linear(long address) {
    return c.longModeActive() ? address : address & 0xffff_ffffL;
  }

  private Fault fault(CpuFault e) {
    return new Fault(new GuestException(e.vector(), e.errorCode(), c.rip, e.address()));
  }
}
