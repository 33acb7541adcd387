package ringside.cpu.jvm.memory;

import java.util.function.LongUnaryOperator;
import ringside.cpu.PageWalk;
import ringside.cpu.jvm.Core;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.LazyMemory;

/**
 * One processor's way to memory: linear addresses through the guest's page tables to the host's.
 * All addresses here are linear, already checked by segmentation and canonical. Values are
 * zero-extended; an access that crosses a page is checked whole before any part of it is done.
 *
 * <h2>The contract with translated code</h2>
 *
 * Translated code reaches memory by the public fields below, all plain longs. It may keep them in
 * locals from the entry of a region to its exit: what it has read stays valid so long (a window may
 * grow meanwhile, never shrink or move), since everything that takes rights away ends a block or
 * asks for one: MOV CR, INVLPG, WRMSR, changes of CPL, hypercalls; p2m changes of other threads set
 * {@link Core#codeChanged}. Byte order is the host's, little endian.
 *
 * <ul>
 *   <li>Window, loads: {@code va - windowLow <u windowSize} (Long.compareUnsigned) is enough for
 *       any load of up to 16 bytes, aligned or not: {@code host = hostBase + va}. All of the run is
 *       RAM, readable at the present privilege, with the accessed bits set. {@code windowSize} is 0
 *       when there is none.
 *   <li>Window, stores: when va is in the window, the byte at {@code pageFlags + (va >>> 12)} says
 *       with {@link #STORE_FAST} that the page may be stored to (RAM, writable at this privilege,
 *       dirty, no code, not watched); an access that crosses a page goes slow ({@code (va & 4095) >
 *       4096 - size}). Read the byte anew for each store, never keep it: any thread may clear it.
 *       Outside the window the byte must not be touched. A clear byte means slow: native memory
 *       comes zeroed.
 *   <li>TLB: entries of 16 bytes at {@code tlbLoad} and {@code tlbStore}, {@link #TLB_ENTRIES} of
 *       each; that of va is at {@code tlb + (va >>> 8 & TLB_MASK)}. Its first long is the tag: it
 *       hits when {@code tag == (va + size - 1 & -4096)}, which misses for accesses that cross a
 *       page; then {@code host = va + second long}. Valid beside a window as well.
 *   <li>Everything else, and nothing else: {@link #loadSlow}, {@link #storeSlow}, {@link
 *       #storeSlow16}, {@link #hostForUpdate}. They fill the TLB, set page flags and grow the
 *       window; they need {@link Core} only for the rights, no register of it.
 * </ul>
 */
public final class Mmu implements AutoCloseable {
  /** Page flag: stores of this page need no slow path. */
  public static final int STORE_FAST = 1;

  public static final int TLB_ENTRIES = 256;

  /** Offset in bytes of an entry: {@code va >>> 8 & TLB_MASK}. */
  public static final int TLB_MASK = (TLB_ENTRIES - 1) * 16;

  /** First linear address of the window. */
  public long windowLow;

  /** Linear addresses at which 16 bytes may be loaded; less than the window's bytes by 15. */
  public long windowSize;

  /** Host address less linear address, for all of the window. */
  public long hostBase;

  /** Biased: the byte of the page of va is at {@code pageFlags + (va >>> 12)}. */
  public long pageFlags;

  /** Host address of the TLB for loads at the present privilege. */
  public long tlbLoad;

  /** Host address of the TLB for stores at the present privilege. */
  public long tlbStore;

  private static final long TLB_BYTES = TLB_ENTRIES * 16L;

  private final Core core;
  private final DomainMemory domain;
  private final LazyMemory maps = new LazyMemory(2 * TLB_BYTES);

  public Mmu(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
    tlbLoad = maps.address();
    tlbStore = maps.address() + TLB_BYTES;
    for (long entry = tlbLoad; entry < tlbStore + TLB_BYTES; entry += 16) {
      HostMemory.UNSAFE.putLong(entry, -1);
    }
  }

  @Override
  public void close() {
    maps.close();
  }

  /**
   * For translated code: a load of 1, 2, 4 or 8 bytes of RAM, wherever it is.
   *
   * @param va linear; not canonical is a reason for {@link Deopt}
   * @throws Deopt when the interpreter has to execute the instruction; nothing visible was done
   */
  public static long loadSlow(Core core, long va, int size) {
    throw Deopt.INSTANCE;
  }

  /** As {@link #loadSlow} for a store. */
  public static void storeSlow(Core core, long va, int size, long value) {
    throw Deopt.INSTANCE;
  }

  /** A store of 16 bytes, all or nothing. */
  public static void storeSlow16(Core core, long va, long low, long high) {
    throw Deopt.INSTANCE;
  }

  /**
   * For translated LOCK instructions and XCHG: the host address of RAM that may be stored to, with
   * all bytes in one page and {@code va} aligned to {@code size}, so that Unsafe's atomic accesses
   * may be used on it at once.
   *
   * @param size 1, 2, 4 or 8
   * @throws Deopt in all other cases
   */
  public static long hostForUpdate(Core core, long va, int size) {
    throw Deopt.INSTANCE;
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

  /** As {@link #checkStore}, with supervisor rights. */
  public void checkStoreSystem(long linear, int size) {
    physical(linear, true, false);
    physical(linear + size - 1, true, false);
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

  /** The privilege level changed, or whether code is 64-bit. */
  public void privilegeChanged() {}

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
