package ringside.cpu.jvm.memory;

import java.util.Arrays;
import java.util.function.LongPredicate;
import jdk.internal.misc.Unsafe;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;
import ringside.memory.LazyMemory;

/**
 * What one processor has cached of its translations for one privilege: the window, a TLB for loads,
 * one for stores, one for fetches.
 *
 * <p>Invariant: what is in here is allowed by the guest's page tables (as of some moment since the
 * last flush) and by the p2m; nothing that may be stored to holds code. All of it is written by the
 * processor's own thread, but for {@link #protect}, which only takes rights away.
 */
final class View implements AutoCloseable {
  private static final Unsafe UNSAFE = HostMemory.UNSAFE;
  private static final long TLB_BYTES = Mmu.TLB_ENTRIES * 16L;
  private static final int FETCH_ENTRIES = 64;
  private static final long PAGE_MASK = -Gpa.PAGE_SIZE;
  private static final long NO_TAG = -1;

  /** Accesses that tell where the next ones will be. */
  private static final int MEMORY = 256;

  final boolean user;
  final Window window;
  final long tlbLoad;
  final long tlbStore;

  // The window, as Mmu tells it to translated code.
  long windowLow;
  long windowSize;
  long hostBase;
  long pageFlags;

  /** See {@link Mmu#epoch}; no two views ever have the same. */
  long epoch;

  private final DomainMemory domain;
  private final LazyMemory memory = new LazyMemory(Window.MAP_BYTES + 2 * TLB_BYTES);
  private final long[] fetchTag = new long[FETCH_ENTRIES];
  private final long[] fetchGpa = new long[FETCH_ENTRIES];
  private boolean large;

  /** Accesses in the window, less those outside; of the last ones only. */
  private int balance;

  View(PageTables tables, DomainMemory domain, boolean user, LongPredicate watched) {
    this.domain = domain;
    this.user = user;
    this.window = new Window(tables, domain.space(), user, memory.address(), watched);
    this.tlbLoad = memory.address() + Window.MAP_BYTES;
    this.tlbStore = tlbLoad + TLB_BYTES;
    clear();
  }

  /** Host address of all bytes of a load, or 0 when it has to go slow. */
  long loadHost(long linear, int size) {
    long entry = tlbLoad + (linear >>> 8 & Mmu.TLB_MASK);
    if (Long.compareUnsigned(linear - windowLow, windowSize) < 0) {
      inside();
      if (UNSAFE.getLong(entry) != (linear & PAGE_MASK)) { // for code that does not ask the window
        fill(tlbLoad, linear, hostBase + linear - domain.space().base());
      }
      return hostBase + linear;
    }
    outside();
    return UNSAFE.getLong(entry) == (linear + size - 1 & PAGE_MASK)
        ? linear + UNSAFE.getLong(entry + 8)
        : 0;
  }

  /** As {@link #loadHost} of one byte, for the hypervisor: nothing is learnt of it. */
  long seenHost(long linear) {
    if (Long.compareUnsigned(linear - windowLow, windowSize) < 0) {
      return hostBase + linear;
    }
    long entry = tlbLoad + (linear >>> 8 & Mmu.TLB_MASK);
    return UNSAFE.getLong(entry) == (linear & PAGE_MASK) ? linear + UNSAFE.getLong(entry + 8) : 0;
  }

  /** Host address of all bytes of a store, or 0 when it has to go slow. */
  long storeHost(long linear, int size) {
    long entry = tlbStore + (linear >>> 8 & Mmu.TLB_MASK);
    if (Long.compareUnsigned(linear - windowLow, windowSize) < 0
        && (linear & Gpa.PAGE_SIZE - 1) + size <= Gpa.PAGE_SIZE
        && UNSAFE.getByte(pageFlags + (linear >>> Gpa.PAGE_SHIFT)) != 0) {
      inside();
      if (UNSAFE.getLong(entry) != (linear & PAGE_MASK)) {
        enter(linear);
      }
      return hostBase + linear;
    }
    if (UNSAFE.getLong(entry) != (linear + size - 1 & PAGE_MASK)) {
      return 0;
    }
    long host = linear + UNSAFE.getLong(entry + 8);
    if (Long.compareUnsigned(linear - windowLow, windowSize) >= 0) {
      outside();
    } else if (host == hostBase + linear) {
      flag(linear, entry, host - domain.space().base() >>> Gpa.PAGE_SHIFT);
    }
    return host;
  }

  /** Into the TLB for stores, as the window and the page's flag have it. */
  private void enter(long linear) {
    long gpa = hostBase + linear - domain.space().base();
    long entry = fill(tlbStore, linear, gpa);
    UNSAFE.fullFence();
    if (domain.isCode(gpa >>> Gpa.PAGE_SHIFT)) { // since the flag was read, see flag
      UNSAFE.putLong(entry, NO_TAG);
    }
  }

  /** Guest-physical address to fetch from, or -1. */
  long fetchGpa(long linear) {
    int slot = (int) (linear >>> Gpa.PAGE_SHIFT) & FETCH_ENTRIES - 1;
    return fetchTag[slot] == (linear & PAGE_MASK)
        ? fetchGpa[slot] | linear & Gpa.PAGE_SIZE - 1
        : -1;
  }

  void fillFetch(long linear, long gpa, boolean ofLargePage) {
    int slot = (int) (linear >>> Gpa.PAGE_SHIFT) & FETCH_ENTRIES - 1;
    fetchTag[slot] = linear & PAGE_MASK;
    fetchGpa[slot] = gpa & PAGE_MASK;
    large |= ofLargePage;
  }

  /** The page of the address is RAM, may be loaded from, and is not watched. */
  void fillLoad(long linear, long gpa, boolean ofLargePage) {
    large |= ofLargePage;
    fill(tlbLoad, linear, gpa);
    if (window.learn(linear & PAGE_MASK, gpa & PAGE_MASK)) {
      refresh();
    }
  }

  /** The page of the address may be stored to, and is neither watched nor logged. */
  void fillStore(long linear, long gpa, boolean ofLargePage) {
    large |= ofLargePage;
    long gfn = gpa >>> Gpa.PAGE_SHIFT;
    if (window.learn(linear & PAGE_MASK, gpa & PAGE_MASK)) {
      refresh();
    }
    flag(linear, fill(tlbStore, linear, gpa), gfn);
  }

  /**
   * The TLB's entry lets the page be stored to: so may its flag, if the window has grown to it. A
   * window that still leads to another frame, since the guest has not told us of a changed entry
   * yet, does not.
   */
  private void flag(long linear, long entry, long gfn) {
    long host = domain.space().base() + (gfn << Gpa.PAGE_SHIFT);
    boolean same = window.contains(linear) && hostBase + (linear & PAGE_MASK) == host;
    if (same) {
      mark(gfn);
    }
    UNSAFE.fullFence();
    if (domain.isCode(gfn)) { // became code meanwhile: whoever marked it may have missed us
      UNSAFE.putLong(entry, NO_TAG);
    }
    for (long near = gfn - 1; same && near <= gfn + 1; near++) {
      if (GuestSpace.inSpace(near) && marked(near) && domain.isCode(near)) {
        unmark(near);
      }
    }
  }

  /** A flag says that the page may be stored to: its own, or that of the page before it. */
  private boolean marked(long gfn) {
    long flag = memory.address() + gfn;
    return UNSAFE.getByte(flag) != 0
        || gfn > 0 && (UNSAFE.getByte(flag - 1) & Mmu.STORES_FAST) != 0;
  }

  /** By gfn; only this thread writes anything but 0. */
  private void mark(long gfn) {
    long flag = memory.address() + gfn;
    boolean next = gfn + 1 < Window.MAP_BYTES && UNSAFE.getByte(flag + 1) != 0;
    UNSAFE.putByte(flag, (byte) (next ? Mmu.STORE_FAST | Mmu.STORES_FAST : Mmu.STORE_FAST));
    if (gfn > 0 && UNSAFE.getByte(flag - 1) != 0) {
      UNSAFE.putByte(flag - 1, (byte) (Mmu.STORE_FAST | Mmu.STORES_FAST));
    }
  }

  /** From any thread: the page before it has to be found out about anew. */
  private void unmark(long gfn) {
    UNSAFE.putByte(memory.address() + gfn, (byte) 0);
    if (gfn > 0) {
      UNSAFE.putByte(memory.address() + gfn - 1, (byte) 0);
    }
  }

  private long fill(long tlb, long linear, long gpa) {
    long entry = tlb + (linear >>> 8 & Mmu.TLB_MASK);
    UNSAFE.putLong(entry, NO_TAG);
    UNSAFE.putLong(entry + 8, domain.space().base() + gpa - linear);
    UNSAFE.putLong(entry, linear & PAGE_MASK);
    return entry;
  }

  /** Of the last accesses that translated code did not make itself. */
  boolean mostlyWindow() {
    return balance >= 0;
  }

  private void inside() {
    balance = Math.min(balance + 1, MEMORY);
  }

  private void outside() {
    balance = Math.max(balance - 1, -MEMORY);
  }

  /** From any thread: stores to this page go slow from now on. */
  void protect(long gfn) {
    unmark(gfn);
    forgetFrames(tlbStore, gfn, 1);
    UNSAFE.fullFence();
  }

  /** Drops the entries of a TLB that lead to these frames. */
  private void forgetFrames(long tlb, long gfn, long count) {
    long first = domain.space().base() + (gfn << Gpa.PAGE_SHIFT);
    for (long entry = tlb; entry < tlb + TLB_BYTES; entry += 16) {
      long tag = UNSAFE.getLong(entry);
      long host = tag + UNSAFE.getLong(entry + 8);
      if (tag != NO_TAG && Long.compareUnsigned(host - first, count << Gpa.PAGE_SHIFT) < 0) {
        UNSAFE.putLong(entry, NO_TAG);
      }
    }
  }

  /** The p2m has changed: frames went, or became read-only. */
  void framesChanged(long gfn, long count) {
    forgetFrames(tlbLoad, gfn, count);
    forgetFrames(tlbStore, gfn, count);
    window.cutPhysical(gfn << Gpa.PAGE_SHIFT, count << Gpa.PAGE_SHIFT);
    refresh();
  }

  /**
   * INVLPG. A large page may be cached in pieces: if there was one, all its pieces go.
   *
   * @param largest bytes of the largest page of the present paging mode
   */
  void invalidate(long linear, long largest) {
    if (large || window.large()) {
      clearTlbs();
      window.cut(linear & -largest, largest);
    } else {
      long at = linear >>> 8 & Mmu.TLB_MASK;
      UNSAFE.putLong(tlbLoad + at, NO_TAG);
      UNSAFE.putLong(tlbStore + at, NO_TAG);
      fetchTag[(int) (linear >>> Gpa.PAGE_SHIFT) & FETCH_ENTRIES - 1] = NO_TAG;
      window.cut(linear & PAGE_MASK, Gpa.PAGE_SIZE);
    }
    refresh();
  }

  /** Between two regions of code: the window may move; true when it did. */
  boolean settle() {
    boolean moved = window.install();
    if (moved) {
      refresh();
    }
    return moved;
  }

  void clear() {
    clearTlbs();
    large = false;
    window.clear();
    refresh();
  }

  private void clearTlbs() {
    for (long entry = tlbLoad; entry < tlbStore + TLB_BYTES; entry += 16) {
      UNSAFE.putLong(entry, NO_TAG);
    }
    Arrays.fill(fetchTag, NO_TAG);
  }

  private void refresh() {
    windowLow = window.low();
    windowSize = Math.max(0, window.size() - (Mmu.REACH - 1));
    hostBase = window.hostBase();
    pageFlags = window.pageFlags();
  }

  @Override
  public void close() {
    memory.close();
  }
}
