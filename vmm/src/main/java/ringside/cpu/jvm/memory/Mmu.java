package ringside.cpu.jvm.memory;

import java.util.function.LongUnaryOperator;
import ringside.cpu.PageWalk;
import ringside.cpu.jvm.Core;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * One processor's way to memory: linear addresses through the guest's page tables to the host's.
 * All addresses here are linear, already checked by segmentation and canonical. Values are
 * zero-extended; an access that crosses a page is checked whole before any part of it is done.
 */
public final class Mmu {
  private final Core core;
  private final DomainMemory domain;

  public Mmu(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
  }

  /**
   * Reads 1, 2, 4 or 8 bytes with the rights of the present privilege level; where no frame is, the
   * platform answers.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF
   */
  public long load(long linear, int size) {
    return load(linear, size, user());
  }

  /** As {@link #load}, with supervisor rights: descriptor tables, TSS. */
  public long loadSystem(long linear, int size) {
    return load(linear, size, false);
  }

  /**
   * Writes 1, 2, 4 or 8 bytes.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF; #GP for a frame that was granted read-only
   */
  public void store(long linear, int size, long value) {
    store(linear, size, value, user());
  }

  public void storeSystem(long linear, int size, long value) {
    store(linear, size, value, false);
  }

  /** Raises what a store would raise, and sets the bits in the page tables; writes nothing. */
  public void checkStore(long linear, int size) {
    physical(linear, true, user());
    physical(linear + size - 1, true, user());
  }

  /** Raises what a load would raise; reads nothing. */
  public void checkLoad(long linear, int size) {
    physical(linear, false, user());
    physical(linear + size - 1, false, user());
  }

  /**
   * LOCK: replaces the value by {@code update(old)} in one step against all processors.
   *
   * @return the old value
   */
  public long update(long linear, int size, LongUnaryOperator update) {
    checkStore(linear, size);
    long old = load(linear, size);
    store(linear, size, update.applyAsLong(old));
    return old;
  }

  /**
   * LOCK CMPXCHG16B; {@code linear} is aligned to 16.
   *
   * @param old receives what was there, low half first
   * @return true when it was exchanged
   */
  public boolean compareAndExchange16(
      long linear, long expectedLow, long expectedHigh, long low, long high, long[] old) {
    checkStore(linear, 16);
    old[0] = load(linear, 8);
    old[1] = load(linear + 8, 8);
    boolean equal = old[0] == expectedLow && old[1] == expectedHigh;
    if (equal) {
      store(linear, 8, low);
      store(linear + 8, 8, high);
    }
    return equal;
  }

  /**
   * Host address of a linear address for plain bulk access up to the end of its page, or 0 where
   * each access has to be made alone (MMIO, code, frames that are read-only).
   *
   * @throws ringside.cpu.jvm.CpuFault #PF as a load or a store of one byte would
   */
  public long host(long linear, boolean write) {
    long gpa = physical(linear, write, user());
    long gfn = gpa >>> Gpa.PAGE_SHIFT;
    Access access = domain.space().access(gfn);
    boolean plain =
        write ? access == Access.READ_WRITE && !domain.isCode(gfn) : access != Access.NONE;
    return plain ? domain.space().base() + gpa : 0;
  }

  /**
   * Guest-physical address of code.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF of a fetch
   */
  public long fetch(long linear) {
    PageWalk.Result walk = PageWalk.walk(core.cpu, domain.space(), linear, false, user(), true);
    if (!walk.ok()) {
      throw core.pageFault(walk.errorCode(), linear);
    }
    return walk.gpa();
  }

  /** CR3 was written, or CR0, CR4, EFER: drops cached translations. */
  public void flush() {}

  /** INVLPG. */
  public void invalidate(long linear) {}

  private boolean user() {
    return core.cpl == 3;
  }

  private long physical(long linear, boolean write, boolean user) {
    PageWalk.Result walk = PageWalk.walk(core.cpu, domain.space(), linear, write, user, false);
    if (!walk.ok()) {
      throw core.pageFault(walk.errorCode(), linear);
    }
    if (write && domain.space().access(walk.gpa() >>> Gpa.PAGE_SHIFT) == Access.READ_ONLY) {
      throw core.protection();
    }
    return walk.gpa();
  }

  private static boolean crosses(long linear, int size) {
    return (linear & Gpa.PAGE_SIZE - 1) + size > Gpa.PAGE_SIZE;
  }

  private long load(long linear, int size, boolean user) {
    if (crosses(linear, size)) {
      physical(linear + size - 1, false, user);
      long low = load(linear, 1, user);
      return low | load(linear + 1, size - 1, user) << 8;
    }
    long gpa = physical(linear, false, user);
    GuestSpace space = domain.space();
    try {
      if (space.access(gpa >>> Gpa.PAGE_SHIFT) == Access.NONE) {
        return core.platform.mmioRead(core.cpu, gpa, size);
      }
      long value = 0;
      for (int k = 0; k < size; k++) {
        value |= (long) space.u8(new Gpa(gpa + k)) << 8 * k;
      }
      return value;
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private void store(long linear, int size, long value, boolean user) {
    if (crosses(linear, size)) {
      physical(linear + size - 1, true, user);
      store(linear, 1, value & 0xff, user);
      store(linear + 1, size - 1, value >>> 8, user);
      return;
    }
    long gpa = physical(linear, true, user);
    long gfn = gpa >>> Gpa.PAGE_SHIFT;
    GuestSpace space = domain.space();
    try {
      if (space.access(gfn) == Access.NONE) {
        core.platform.mmioWrite(core.cpu, gpa, size, value);
        return;
      }
      for (int k = 0; k < size; k++) {
        space.u8(new Gpa(gpa + k), (int) (value >>> 8 * k) & 0xff);
      }
      if (domain.isCode(gfn)) {
        domain.written(gfn);
      }
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }
}
