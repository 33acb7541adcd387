package ringside.cpu.jvm;

import ringside.cpu.jvm.memory.Watch;
import ringside.memory.Gpa;

/** Has the memory tell {@link DebugRegisters} of the accesses that data breakpoints wait for. */
final class DataBreakpoints implements Watch {
  private final Core c;

  DataBreakpoints(Core core) {
    this.c = core;
  }

  @Override
  public boolean page(long linear) {
    return DebugRegisters.watches(c, linear, Gpa.PAGE_SIZE);
  }

  @Override
  public boolean allStores() {
    return false;
  }

  @Override
  public void loaded(long linear, int size) {
    DebugRegisters.accessed(c, linear, size, false);
  }

  @Override
  public void stored(long linear, int size) {
    DebugRegisters.accessed(c, linear, size, true);
  }
}
