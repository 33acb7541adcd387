package ringside.cpu.jvm.memory;

import java.util.function.LongUnaryOperator;
import ringside.cpu.jvm.Core;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;

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
 *       loads from a run of up to {@link #REACH} bytes: {@code host = hostBase + va}. All of it is
 *       RAM, readable at the present privilege, with the accessed bits set. {@code windowSize} is 0
 *       when there is none.
 *   <li>Window, stores: when va is in the window, the byte at {@code pageFlags + (va >>> 12)} says
 *       with {@link #STORE_FAST} that the page may be stored to (RAM, writable at this privilege,
 *       dirty, no code, not watched), with {@link #STORES_FAST} that the one behind it may be, too,
 *       so that a run of up to {@link #REACH} bytes may. Any thread may clear it: whoever has to be
 *       sure that nobody stores any more waits until all others have left their regions, see {@link
 *       #holdsCode}; callbacks may clear it, too. Outside the window the byte must not be touched.
 *       A clear byte means slow: native memory comes zeroed.
 *   <li>TLB: entries of 16 bytes at {@code tlbLoad} and {@code tlbStore}, {@link #TLB_ENTRIES} of
 *       each; that of va is at {@code tlb + (va >>> 8 & TLB_MASK)}. Its first long is the tag: it
 *       hits when {@code tag == (va + size - 1 & -4096)}, which misses for accesses that cross a
 *       page; then {@code host = va + second long}. Valid beside a window as well.
 *   <li>Everything else, and nothing else: {@link SlowAccess#load}, {@link SlowAccess#store},
 *       {@link SlowAccess#store16}, {@link SlowAccess#hostForUpdate}. They fill the TLB, set page
 *       flags and grow the window; they need {@link Core} only for the rights, no register of it.
 * </ul>
 */
public final class Mmu implements AutoCloseable {
  /** Page flag: stores of this page need no slow path. */
  public static final int STORE_FAST = 1;

  /** Page flag: neither do those of the next page. */
  public static final int STORES_FAST = 2;

  /** Bytes at most of accesses that one look is for. */
  public static final int REACH = 256;

  public static final int TLB_ENTRIES = 256;

  /** Offset in bytes of an entry: {@code va >>> 8 & TLB_MASK}. */
  public static final int TLB_MASK = (TLB_ENTRIES - 1) * 16;

  /** First linear address of the window. */
  public long windowLow;

  /** Linear addresses at which {@link #REACH} bytes may be loaded: fewer than the window has. */
  public long windowSize;

  /** Host address less linear address, for all of the window. */
  public long hostBase;

  /** Biased: the byte of the page of va is at {@code pageFlags + (va >>> 12)}. */
  public long pageFlags;

  /** Host address of the TLB for loads at the present privilege. */
  public long tlbLoad;

  /** Host address of the TLB for stores at the present privilege. */
  public long tlbStore;

  private final Core core;
  private final DomainMemory domain;
  final GuestSpace space;
  private final PageTables tables;
  private final Bus bus;
  private final Standstill.Member member;

  /** Nobody is ever to be held, or holds this one. */
  private final boolean oneThread;

  private final View supervisor;
  private final LockedAccess locked = new LockedAccess(this);
  private volatile View user;
  View present;
  private Watch watch;
  private long epochs;

  /** What the p2m has lost since the last boundary. */
  private final LostFrames lost = new LostFrames();

  public Mmu(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
    this.space = domain.space();
    this.bus = new Bus(core, domain);
    this.tables = new PageTables(core, domain);
    this.member = new Standstill.Member(core);
    this.oneThread = core.platform.oneThread();
    this.supervisor = new View(tables, domain, false, this::watched);
    this.present = supervisor;
    newEpoch();
    publish();
    domain.add(this);
    domain.standstill().add(member);
  }

  @Override
  public void close() {
    domain.standstill().remove(member);
    domain.remove(this);
    supervisor.close();
    if (user != null) {
      user.close();
    }
  }

  // The run around it.

  /** The processor begins to execute guest code. */
  public void enter() {
    if (!oneThread) {
      domain.standstill().enter(member);
    }
  }

  /**
   * The processor ends to execute guest code, or makes a callback.
   *
   * @return whether it was executing
   */
  public boolean leave() {
    return !oneThread && domain.standstill().leave(member);
  }

  /** Behind a callback: as it was before. */
  public void back(boolean inside) {
    if (inside) {
      enter();
    }
  }

  /**
   * At a boundary of instructions, when {@link Core#codeChanged} was set: waits while another
   * processor needs all others to stand still.
   */
  public void standStill() {
    if (!oneThread) {
      domain.standstill().poll(member);
    }
  }

  // Loads and stores.

  /**
   * Reads 1, 2, 4 or 8 bytes with the rights of the present privilege level; where no frame is, the
   * platform answers.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF
   */
  public long load(long linear, int size) {
    return load(present(), linear, size);
  }

  /** As {@link #load}, with supervisor rights: descriptor tables, TSS. */
  public long loadSystem(long linear, int size) {
    return load(supervisor, linear, size);
  }

  /**
   * Writes 1, 2, 4 or 8 bytes.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF; #GP for a frame that was granted read-only
   */
  public void store(long linear, int size, long value) {
    store(present(), linear, size, value);
  }

  public void storeSystem(long linear, int size, long value) {
    store(supervisor, linear, size, value);
  }

  /** Raises what a store would raise, and sets the bits in the page tables; writes nothing. */
  public void checkStore(long linear, int size) {
    checkStore(present(), linear, size);
  }

  /** As {@link #checkStore}, with supervisor rights. */
  public void checkStoreSystem(long linear, int size) {
    checkStore(supervisor, linear, size);
  }

  /** Raises what a load would raise; reads nothing. */
  public void checkLoad(long linear, int size) {
    View view = present();
    if (size > 16 || view.loadHost(linear, size) == 0) {
      readable(view, linear);
      if (crosses(linear, size)) {
        readable(view, end(linear, size));
      }
    }
  }

  /**
   * LOCK: replaces the value by {@code update(old)} in one step against all processors. The
   * function may be called several times.
   *
   * @return the old value
   */
  public long update(long linear, int size, LongUnaryOperator update) {
    return locked.update(linear, size, update);
  }

  /**
   * LOCK CMPXCHG16B; {@code linear} is aligned to 16.
   *
   * @param old receives what was there, low half first
   * @return true when it was exchanged
   */
  public boolean compareAndExchange16(
      long linear, long expectedLow, long expectedHigh, long low, long high, long[] old) {
    return locked.compareAndExchange16(linear, expectedLow, expectedHigh, low, high, old);
  }

  /**
   * Host address of a linear address for plain bulk access up to the end of its page, or 0 where
   * each access has to be made alone (MMIO, code, frames that are read-only, watched pages).
   *
   * @throws ringside.cpu.jvm.CpuFault #PF as a load or a store of one byte would
   */
  public long host(long linear, boolean write) {
    View view = present();
    long host = write ? view.storeHost(linear, 1) : view.loadHost(linear, 1);
    if (host != 0) {
      return host;
    }
    long gpa = translate(view, linear, write ? PageTables.STORE : PageTables.LOAD);
    return write ? fillStore(view, linear, gpa) : fillLoad(view, linear, gpa);
  }

  /**
   * Host address of all bytes of a load with supervisor rights, or 0 when that is not known without
   * a look at the page tables.
   */
  public long loadHost(long linear, int size) {
    return supervisor.loadHost(linear, size);
  }

  /** As {@link #loadHost}, of a store. */
  public long storeHost(long linear, int size) {
    return supervisor.storeHost(linear, size);
  }

  /** Guest-physical address of a supervisor's load or store, or -1 when that is not cached. */
  public long cached(long linear, boolean write) {
    long host = write ? supervisor.storeHost(linear, 1) : supervisor.seenHost(linear);
    return host == 0 || lost.any() ? -1 : host - space.base();
  }

  /** Between blocks: the processor takes note of what has changed around it. */
  public void boundary() {
    if (lost.any()) {
      newEpoch();
      lost.forget(supervisor, user);
      publish();
    }
    if (present().settle()) {
      publish();
    }
  }

  /**
   * Guest-physical address of code. Called between blocks only, see {@link #boundary}.
   *
   * @throws ringside.cpu.jvm.CpuFault #PF of a fetch; #GP when the address is not canonical
   */
  public long fetch(long linear) {
    boundary();
    View view = present;
    long gpa = view.fetchGpa(linear);
    if (gpa >= 0) {
      return gpa;
    }
    if (!tables.addressable(linear)) {
      throw core.protection();
    }
    gpa = translate(view, linear, PageTables.FETCH);
    view.fillFetch(linear, gpa, tables.offsetMask >= Gpa.PAGE_SIZE);
    return gpa;
  }

  /**
   * Guest-physical address to fetch from, without any effect: -1 where that is not known without
   * changing the page tables. Only between blocks.
   */
  public long peek(long linear) {
    View view = present();
    long gpa = view.fetchGpa(linear);
    if (gpa >= 0) {
      return gpa;
    }
    boolean known =
        tables.addressable(linear)
            && tables.walk(linear, PageTables.PROBE_FETCH, view.user) == PageTables.OK;
    return known ? tables.gpa : -1;
  }

  /**
   * Whether code had better ask the window first: not when most of the last accesses were outside,
   * as with page tables that are not linear.
   */
  public boolean mostlyWindow() {
    return windowSize > 0 && present().mostlyWindow();
  }

  /**
   * Says what addresses lead to at the present privilege: as long as it is the same, or is so
   * again, each leads to the same frame. Never 0.
   */
  public long epoch() {
    return present.epoch;
  }

  /** What is known of addresses by their epoch is known no more, at either privilege. */
  public void newEpoch() {
    supervisor.epoch = ++epochs;
    if (user != null) {
      user.epoch = ++epochs;
    }
  }

  /**
   * From now on a store to the page tells the domain's code listeners; none that began before is
   * under way any more. Only between blocks.
   */
  public void holdsCode(long gfn) {
    if (domain.mark(gfn)) {
      alone(() -> domain.settle(gfn));
    }
  }

  // What drops cached translations.

  /** CR3 was written, or CR0, CR4, EFER: drops cached translations, global ones too. */
  public void flush() {
    supervisor.clear();
    if (user != null) {
      user.clear();
    }
    newEpoch();
    publish();
  }

  /** The privilege level changed. */
  public void privilegeChanged() {
    present();
  }

  /** INVLPG. */
  public void invalidate(long linear) {
    newEpoch();
    long largest = tables.largestPage();
    supervisor.invalidate(linear, largest);
    if (user != null) {
      user.invalidate(linear, largest);
    }
    publish();
  }

  /** Who hears of accesses from now on, or null. Between instructions. */
  public void watch(Watch newWatch) {
    watch = newWatch;
    flush();
  }

  /** Tells the log of pages that are about to be written, from now on. Between instructions. */
  public void log(WriteLog log) {
    tables.log = log;
    flush();
  }

  /** The log hears of the next store to this page, too. */
  public void logAgain(long gfn) {
    protect(gfn);
  }

  private boolean watched(long page) {
    return watch != null && watch.page(page);
  }

  /** From any thread: stores to this page go slow from now on. */
  void protect(long gfn) {
    supervisor.protect(gfn);
    View other = user;
    if (other != null) {
      other.protect(gfn);
    }
  }

  /** From any thread: frames went, or became read-only; to be noted at the next boundary. */
  void framesChanged(long gfn, long count) {
    lost.add(gfn, count);
    core.codeChanged = true;
    core.call();
  }

  // Inside.

  View present() {
    if (core.cpl == 3 != present.user) {
      turn();
    }
    return present;
  }

  private void turn() {
    if (core.cpl == 3 && user == null) {
      user = new View(tables, domain, true, this::watched);
      user.epoch = ++epochs;
    }
    present = core.cpl == 3 ? user : supervisor;
    publish();
  }

  private void publish() {
    windowLow = present.windowLow;
    windowSize = present.windowSize;
    hostBase = present.hostBase;
    pageFlags = present.pageFlags;
    tlbLoad = present.tlbLoad;
    tlbStore = present.tlbStore;
  }

  static boolean crosses(long linear, int size) {
    return (linear & Gpa.PAGE_SIZE - 1) + size > Gpa.PAGE_SIZE;
  }

  /** Address of the last byte; outside long mode addresses wrap at 4 GiB. */
  long end(long linear, int size) {
    return next(linear, size - 1) & -Gpa.PAGE_SIZE;
  }

  long next(long linear, long bytes) {
    long sum = linear + bytes;
    return tables.longMode() ? sum : sum & 0xffff_ffffL;
  }

  private long translate(View view, long linear, int kind) {
    int error = tables.walk(linear, kind, view.user);
    if (error != PageTables.OK) {
      throw core.pageFault(error, linear);
    }
    return tables.gpa;
  }

  private void checkStore(View view, long linear, int size) {
    if (view.storeHost(linear, size) == 0) {
      writable(view, linear);
      if (crosses(linear, size)) {
        writable(view, end(linear, size));
      }
    }
  }

  private long readable(View view, long linear) {
    return translate(view, linear, PageTables.LOAD);
  }

  long writable(View view, long linear) {
    long gpa = translate(view, linear, PageTables.STORE);
    if (space.access(gpa >>> Gpa.PAGE_SHIFT) == Access.READ_ONLY) {
      throw core.protection();
    }
    return gpa;
  }

  /** Caches a translation that was just walked; its host address, or 0 when it is to go slow. */
  private long fillLoad(View view, long linear, long gpa) {
    if (space.access(gpa >>> Gpa.PAGE_SHIFT) == Access.NONE || watched(linear & -Gpa.PAGE_SIZE)) {
      return 0;
    }
    view.fillLoad(linear, gpa, tables.offsetMask >= Gpa.PAGE_SIZE);
    publish();
    return space.base() + gpa;
  }

  long fillStore(View view, long linear, long gpa) {
    long gfn = gpa >>> Gpa.PAGE_SHIFT;
    if (space.access(gfn) != Access.READ_WRITE
        || domain.isCode(gfn)
        || watch != null && (watch.allStores() || watch.page(linear & -Gpa.PAGE_SIZE))) {
      return 0;
    }
    view.fillStore(linear, gpa, tables.offsetMask >= Gpa.PAGE_SIZE);
    publish();
    return space.base() + gpa;
  }

  private long load(View view, long linear, int size) {
    long host = view.loadHost(linear, size);
    return host != 0 ? HostMemory.load(host, size) : loadFar(view, linear, size);
  }

  /** Not cached. */
  private long loadFar(View view, long linear, int size) {
    long value;
    if (crosses(linear, size)) {
      long first = readable(view, linear);
      int part = Gpa.PAGE_SIZE - (int) (linear & Gpa.PAGE_SIZE - 1);
      long second = readable(view, next(linear, part));
      value = bus.bytes(first, part) | bus.bytes(second, size - part) << 8 * part;
    } else {
      long gpa = readable(view, linear);
      long host = fillLoad(view, linear, gpa);
      value = host != 0 ? HostMemory.load(host, size) : bus.load(gpa, size);
    }
    if (watch != null) {
      watch.loaded(linear, size);
    }
    return value;
  }

  private void store(View view, long linear, int size, long value) {
    long host = view.storeHost(linear, size);
    if (host != 0) {
      HostMemory.store(host, size, value);
    } else {
      storeFar(view, linear, size, value);
    }
  }

  private void storeFar(View view, long linear, int size, long value) {
    if (crosses(linear, size)) {
      int part = Gpa.PAGE_SIZE - (int) (linear & Gpa.PAGE_SIZE - 1);
      long first = writable(view, linear);
      long second = writable(view, next(linear, part));
      for (int k = 0; k < size; k++) {
        long gpa = k < part ? first + k : second + k - part;
        bus.store(gpa, 1, value >>> 8 * k & 0xff);
      }
    } else {
      long gpa = writable(view, linear);
      long host = fillStore(view, linear, gpa);
      if (host != 0) {
        HostMemory.store(host, size, value);
      } else {
        bus.store(gpa, size, value);
      }
    }
    if (watch != null) {
      watch.stored(linear, size);
    }
  }

  /** A locked access has changed memory. */
  void updated(long linear, int size, long host) {
    domain.wrote(host - space.base() >>> Gpa.PAGE_SHIFT);
    if (watch != null) {
      watch.stored(linear, size);
    }
  }

  /** While no other processor of the engine executes guest code. */
  void alone(Runnable action) {
    if (oneThread) {
      action.run();
    } else {
      domain.standstill().run(member, action);
    }
  }

  /**
   * Host address of one byte of RAM, and of those behind it in its page.
   *
   * @throws Deopt where there is none
   */
  long plain(long va, int kind) {
    View view = present;
    if (!tables.addressable(va) || tables.walk(va, kind, view.user) != PageTables.OK) {
      throw Deopt.INSTANCE;
    }
    long host =
        kind == PageTables.STORE ? fillStore(view, va, tables.gpa) : fillLoad(view, va, tables.gpa);
    if (host == 0) {
      throw Deopt.INSTANCE;
    }
    return host;
  }
}
