package ringside.cpu.jvm.memory;

import ringside.cpu.jvm.Core;
import ringside.memory.Gpa;

/**
 * What translated code calls where its fast path does not know an address: RAM, or nothing at all.
 *
 * <p>Invariant: an access is done whole, or {@link Deopt} is thrown and nothing of it is visible.
 */
public final class SlowAccess {
  private SlowAccess() {}

  /**
   * For translated code: a load of 1, 2, 4 or 8 bytes of RAM, wherever it is.
   *
   * @param va linear; not canonical is a reason for {@link Deopt}
   * @throws Deopt when the interpreter has to execute the instruction; nothing visible was done
   */
  public static long load(Core core, long va, int size) {
    Mmu mmu = core.mmu;
    long host = mmu.present.loadHost(va, size);
    if (host == 0) {
      if (Mmu.crosses(va, size)) {
        return loadSpan(mmu, va, size);
      }
      host = mmu.plain(va, PageTables.LOAD);
    }
    return HostMemory.load(host, size);
  }

  /** As {@link #load} for a store. */
  public static void store(Core core, long va, int size, long value) {
    Mmu mmu = core.mmu;
    long host = mmu.present.storeHost(va, size);
    if (host == 0) {
      if (Mmu.crosses(va, size)) {
        storeSpan(mmu, va, size, value, 0);
        return;
      }
      host = mmu.plain(va, PageTables.STORE);
    }
    HostMemory.store(host, size, value);
  }

  /** A store of 16 bytes, all or nothing. */
  public static void store16(Core core, long va, long low, long high) {
    Mmu mmu = core.mmu;
    long host = mmu.present.storeHost(va, 16);
    if (host == 0) {
      if (Mmu.crosses(va, 16)) {
        storeSpan(mmu, va, 16, low, high);
        return;
      }
      host = mmu.plain(va, PageTables.STORE);
    }
    HostMemory.store(host, 8, low);
    HostMemory.store(host + 8, 8, high);
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
    Mmu mmu = core.mmu;
    if ((va & size - 1) != 0) {
      throw Deopt.INSTANCE;
    }
    long host = mmu.present.storeHost(va, size);
    return host != 0 ? host : mmu.plain(va, PageTables.STORE);
  }

  private static long loadSpan(Mmu mmu, long va, int size) {
    int part = Gpa.PAGE_SIZE - (int) (va & Gpa.PAGE_SIZE - 1);
    long first = mmu.plain(va, PageTables.LOAD);
    long second = mmu.plain(mmu.next(va, part), PageTables.LOAD);
    long value = 0;
    for (int k = 0; k < size; k++) {
      value |= HostMemory.load(k < part ? first + k : second + k - part, 1) << 8 * k;
    }
    return value;
  }

  /** A store that crosses a page; {@code high} counts for 16 bytes. */
  private static void storeSpan(Mmu mmu, long va, int size, long low, long high) {
    int part = Gpa.PAGE_SIZE - (int) (va & Gpa.PAGE_SIZE - 1);
    long first = mmu.plain(va, PageTables.STORE);
    long second = mmu.plain(mmu.next(va, part), PageTables.STORE);
    for (int k = 0; k < size; k++) {
      long value = (k < 8 ? low : high) >>> 8 * (k & 7);
      HostMemory.store(k < part ? first + k : second + k - part, 1, value);
    }
  }
}
