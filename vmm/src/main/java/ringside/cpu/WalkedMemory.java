package ringside.cpu;

import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * {@link SystemMemory} by walking the guest's page tables in software.
 *
 * <p>Invariant: one object serves one delivery, during which the guest's page tables stand still.
 *
 * <p>Does not set accessed and dirty bits.
 */
public final class WalkedMemory implements SystemMemory {
  private final ProcessorState state;
  private final GuestSpace space;

  // The page translated last, for reads and for writes.
  private final boolean[] known = new boolean[2];
  private final long[] knownPage = new long[2];
  private final long[] knownGpa = new long[2];

  public WalkedMemory(ProcessorState state, GuestSpace space) {
    this.state = state;
    this.space = space;
  }

  @Override
  public long read(long address, int size) throws Fault {
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

  @Override
  public void probeWrite(long address, int size) throws Fault {
    translate(address, true);
    if (crossesPage(address, size)) {
      translate(address + size - 1, true);
    }
  }

  @Override
  public void write(long address, int size, long value) throws Fault {
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
