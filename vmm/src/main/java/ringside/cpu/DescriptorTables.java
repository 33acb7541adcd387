package ringside.cpu;

/**
 * Reads and writes of the processor itself: IDT, GDT, LDT, TSS and the pushes of a delivery. They
 * go through the guest's page tables with supervisor rights and fail as the processor's would.
 *
 * <p>Invariant: one object serves one delivery, during which the guest's page tables stand still.
 *
 * <p>Does not check the limit of the table: its callers do.
 */
final class DescriptorTables {
  private static final int TABLE_INDICATOR = 4;

  private final ProcessorState state;
  private final SystemMemory memory;

  DescriptorTables(ProcessorState state, SystemMemory memory) {
    this.state = state;
    this.memory = memory;
  }

  long read(long address, int size) throws SystemMemory.Fault {
    return memory.read(address, size);
  }

  void probeWrite(long address, int size) throws SystemMemory.Fault {
    memory.probeWrite(address, size);
  }

  void write(long address, int size, long value) throws SystemMemory.Fault {
    memory.write(address, size, value);
  }

  /**
   * The code, data or system descriptor behind a selector.
   *
   * @param vector raised, with {@code external} added to the selector, when it is out of limits
   */
  Segment load(int selector, int vector, int external) throws SystemMemory.Fault {
    long address = slot(selector, vector, external);
    int low = (int) read(address, 4);
    return Segment.ofDescriptor(selector, low, (int) read(address + 4, 4));
  }

  /** Sets the accessed bit, as the processor does when it loads the descriptor. */
  void markAccessed(Segment segment) throws SystemMemory.Fault {
    if ((segment.attributes() & 1) == 0) {
      long address = slot(segment.selector(), GuestException.GP, 0) + 5;
      write(address, 1, read(address, 1) | 1);
    }
  }

  private long slot(int selector, int vector, int external) throws SystemMemory.Fault {
    long base;
    long limit;
    if ((selector & TABLE_INDICATOR) == 0) {
      base = state.get(Register.GDTR_BASE);
      limit = state.get(Register.GDTR_LIMIT);
    } else {
      Segment table = state.segment(SegmentRegister.LDTR);
      base = table.base();
      limit = table.present() ? table.limit() : -1;
    }
    if ((selector | 7) > limit) {
      throw fault(vector, (selector & 0xfffc) + external);
    }
    return base + (selector & 0xfff8);
  }

  SystemMemory.Fault fault(int vector, int errorCode) {
    return new SystemMemory.Fault(
        new GuestException(vector, errorCode, state.get(Register.RIP), 0));
  }
}
