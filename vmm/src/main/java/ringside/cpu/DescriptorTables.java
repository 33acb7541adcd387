package ringside.cpu;

import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * Reads and writes of the processor itself: IDT, GDT, LDT, TSS and the pushes of a delivery. They
 * go through the guest's page tables with supervisor rights and fail as the processor's would.
 *
 * <p>Invariant: one object serves one delivery, during which the guest's page tables stand still.
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

  // The page translated last, for reads and for writes.
  private final boolean[] known = new boolean[2];
  private final long[] knownPage = new long[2];
  private final long[] knownGpa = new long[2];

  DescriptorTables(ProcessorState state, GuestSpace space) {
    this.state = state;
    this.space = space;
  }

  /** Little-endian value of 1, 2, 4 or 8 bytes at a linear address. */
  long read(long address, int size) throws Fault {
    if (crossesPage(address, size)) {
      long low = read(address, size / 2);
      return low | read(address + size / 2, size / 2) << 4 * size;
    }
    Gpa gpa = translate(address, false);
    try {
      return switch (size) {
        case 1 -> space.u8(gpa);
        case 2 -> space.u16(gpa);
        case 4 -> space.u32(gpa) & 0xffff_ffffL;
        default -> space.u64(gpa);
      };
    } catch (GuestFault e) {
      return size == 8 ? -1 : (1L << 8 * size) - 1; // no memory there: the bus answers all ones
    }
  }

  /** Raises what {@link #write} would raise for these bytes, without writing. */
  void probeWrite(long address, int size) throws Fault {
    translate(address, true);
    if (crossesPage(address, size)) {
      translate(address + size - 1, true);
    }
  }

  void write(long address, int size, long value) throws Fault {
    if (crossesPage(address, size)) {
      write(address, size / 2, value);
      write(address + size / 2, size / 2, value >>> 4 * size);
      return;
    }
    Gpa gpa = translate(address, true);
    try {
      switch (size) {
        case 1 -> space.u8(gpa, (int) value);
        case 2 -> space.u16(gpa, (int) value);
        case 4 -> space.u32(gpa, (int) value);
        default -> space.u64(gpa, value);
      }
    } catch (GuestFault e) {
      if (space.mfn(gpa.gfn()) >= 0) { // a frame granted read-only
        throw new Fault(new GuestException(GuestException.GP, 0, state.get(Register.RIP), 0));
      } // else no memory: the write is lost
    }
  }

  private static boolean crossesPage(long address, int size) {
    return (address & Gpa.PAGE_SIZE - 1) + size > Gpa.PAGE_SIZE;
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
    long page = address & -Gpa.PAGE_SIZE;
    int slot = write ? 1 : 0;
    if (!known[slot] || knownPage[slot] != page) {
      PageWalk.Result walk = PageWalk.walk(state, space, address, write, false, false);
      if (!walk.ok()) {
        throw new Fault(
            new GuestException(
                GuestException.PF, walk.errorCode(), state.get(Register.RIP), address));
      }
      known[slot] = true;
      knownPage[slot] = page;
      knownGpa[slot] = walk.gpa() & -Gpa.PAGE_SIZE;
    }
    return new Gpa(knownGpa[slot] + (address - page));
  }
}
