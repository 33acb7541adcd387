package ringside.cpu;

import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * Reads and writes of the processor itself: IDT, GDT, LDT, TSS and the pushes of a delivery. They
 * go through the guest's page tables with supervisor rights and fail as the processor's would.
 *
 * <p>Does not check the limit of the table: its callers do.
 */
final class DescriptorTables {
  /** The access failed; {@code exception} is what the processor raises for it. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient GuestException exception;

    Fault(GuestException exception) {
      super(exception.toString(), null, false, false);
      this.exception = exception;
    }

    GuestException exception() {
      return exception;
    }
  }

  private static final int TABLE_INDICATOR = 4;

  private final ProcessorState state;
  private final GuestSpace space;

  DescriptorTables(ProcessorState state, GuestSpace space) {
    this.state = state;
    this.space = space;
  }

  /** Little-endian value of 1 to 8 bytes at a linear address. */
  long read(long address, int size) throws Fault {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) readByte(address + i) << 8 * i;
    }
    return value;
  }

  private int readByte(long address) throws Fault {
    Gpa gpa = translate(address, false);
    try {
      return space.u8(gpa);
    } catch (GuestFault e) {
      return 0xff; // no memory there: the bus answers all ones
    }
  }

  /** Raises what {@link #write} would raise for these bytes, without writing. */
  void probeWrite(long address, int size) throws Fault {
    translate(address, true);
    translate(address + size - 1, true);
  }

  void write(long address, int size, long value) throws Fault {
    for (int i = 0; i < size; i++) {
      Gpa gpa = translate(address + i, true);
      try {
        space.u8(gpa, (int) (value >>> 8 * i) & 0xff);
      } catch (GuestFault e) {
        if (space.mfn(gpa.gfn()) >= 0) { // a frame granted read-only
          throw new Fault(new GuestException(GuestException.GP, 0, state.get(Register.RIP), 0));
        }
      }
    }
  }

  /**
   * The code, data or system descriptor behind a selector.
   *
   * @param vector raised, with {@code external} added to the selector, when it is out of limits
   */
  Segment load(int selector, int vector, int external) throws Fault {
    long address = slot(selector, vector, external);
    int low = (int) read(address, 4);
    return Segment.ofDescriptor(selector, low, (int) read(address + 4, 4));
  }

  /** Sets the accessed bit, as the processor does when it loads the descriptor. */
  void markAccessed(Segment segment) throws Fault {
    if ((segment.attributes() & 1) == 0) {
      long address = slot(segment.selector(), GuestException.GP, 0) + 5;
      write(address, 1, read(address, 1) | 1);
    }
  }

  private long slot(int selector, int vector, int external) throws Fault {
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

  Fault fault(int vector, int errorCode) {
    return new Fault(new GuestException(vector, errorCode, state.get(Register.RIP), 0));
  }

  private Gpa translate(long address, boolean write) throws Fault {
    PageWalk.Result walk = PageWalk.walk(state, space, address, write, false, false);
    if (!walk.ok()) {
      throw new Fault(
          new GuestException(
              GuestException.PF, walk.errorCode(), state.get(Register.RIP), address));
    }
    return new Gpa(walk.gpa());
  }
}
