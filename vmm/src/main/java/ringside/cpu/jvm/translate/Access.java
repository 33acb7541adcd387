package ringside.cpu.jvm.translate;

import jdk.internal.misc.Unsafe;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.jvm.memory.SlowAccess;

/**
 * Memory for translated code: first whether all bytes of some accesses can be reached directly,
 * then each of them. See the contract in {@link Mmu}.
 *
 * <p>All are small methods, which C2 inlines, and not bytecode of the region: their profile is that
 * of all regions, so that no rare way is taken for one that never happens.
 */
public final class Access {
  private static final Unsafe UNSAFE = HostMemory.UNSAFE;
  private static final int PAGE = 4096;
  private static final long PAGE_MASK = -PAGE;

  private Access() {}

  // Looks: the host's address of a run of at most Mmu.REACH bytes. Each throws Deopt when they
  // cannot be reached so: a window is asked alone, since code that asks for more is longer than
  // the access. Where more was looked at before, of which the run is a part at a distance, whole is
  // the host's address of that; where not, or in vain, it is 0. All is said in each method once
  // more: what one calls where whole is 0, C2 finds too rare to inline.

  /**
   * Of bytes that may be loaded.
   *
   * @param low the window's first address, less 2^63
   * @param size its size, less 2^63
   */
  public static long windowLoads(
      long va, long whole, long distance, long low, long size, long base) {
    if (whole != 0) {
      return whole + distance;
    }
    if (va - low >= size) {
      throw Deopt.INSTANCE;
    }
    return base + va;
  }

  /** As {@link #windowLoads} where there is no whole, with the host's address. */
  public static long windowElements(long va, long host, long low, long size) {
    if (va - low >= size) {
      throw Deopt.INSTANCE;
    }
    return host;
  }

  /** As {@link #windowLoads}, of bytes that may be stored to as well. */
  public static long windowStores(
      long va, long whole, long distance, int span, long low, long size, long base, long pages) {
    if (whole != 0) {
      return whole + distance;
    }
    if (va - low < size) {
      int flags = UNSAFE.getByte(pages + (va >>> 12));
      if ((flags & Mmu.STORES_FAST) != 0
          || (flags & Mmu.STORE_FAST) != 0 && ((int) va & PAGE - 1) <= PAGE - span) {
        return base + va;
      }
    }
    throw Deopt.INSTANCE;
  }

  /** As {@link #windowLoads}, by a TLB. */
  public static long tlb(long va, long whole, long distance, int span, long tlb) {
    if (whole != 0) {
      return whole + distance;
    }
    long entry = tlb + (va >>> 8 & Mmu.TLB_MASK);
    if (UNSAFE.getLong(entry) != (va + span - 1 & PAGE_MASK)) {
      throw Deopt.INSTANCE;
    }
    return va + UNSAFE.getLong(entry + 8);
  }

  // The same, but 0 where those throw.

  public static long tryWindowLoads(long va, long low, long size, long base) {
    return va - low < size ? base + va : 0;
  }

  public static long tryWindowStores(
      long va, int span, long low, long size, long base, long pages) {
    try {
      return windowStores(va, 0, 0, span, low, size, base, pages);
    } catch (Deopt unreachable) {
      return 0;
    }
  }

  public static long tryTlb(long va, int span, long tlb) {
    try {
      return tlb(va, 0, 0, span, tlb);
    } catch (Deopt unreachable) {
      return 0;
    }
  }

  // Where the host's address is sure to be known.

  public static int get1(long host) {
    return UNSAFE.getByteAcquire(null, host) & 0xff;
  }

  public static int get2(long host) {
    return UNSAFE.getCharAcquire(null, host);
  }

  public static int get4(long host) {
    return UNSAFE.getIntAcquire(null, host);
  }

  public static long get8(long host) {
    return UNSAFE.getLongAcquire(null, host);
  }

  public static void put1(long host, int value) {
    UNSAFE.putByteRelease(null, host, (byte) value);
  }

  public static void put2(long host, int value) {
    UNSAFE.putShortRelease(null, host, (short) value);
  }

  public static void put4(long host, int value) {
    UNSAFE.putIntRelease(null, host, value);
  }

  public static void put8(long host, long value) {
    UNSAFE.putLongRelease(null, host, value);
  }

  /**
   * The same address, for an atomic access.
   *
   * @throws Deopt when it is not aligned
   */
  public static long aligned(long host, int size) {
    if ((host & size - 1) != 0) {
      throw Deopt.INSTANCE;
    }
    return host;
  }

  // Loads: host is 0, or the address of bytes of which those at the distance are wanted; va is the
  // linear address of those.

  public static int load1(Core c, long host, long distance, long va) {
    return (host != 0
            ? UNSAFE.getByteAcquire(null, host + distance)
            : (int) SlowAccess.load(c, va, 1))
        & 0xff;
  }

  public static int load2(Core c, long host, long distance, long va) {
    return host != 0
        ? UNSAFE.getCharAcquire(null, host + distance)
        : (int) SlowAccess.load(c, va, 2);
  }

  public static int load4(Core c, long host, long distance, long va) {
    return host != 0
        ? UNSAFE.getIntAcquire(null, host + distance)
        : (int) SlowAccess.load(c, va, 4);
  }

  public static long load8(Core c, long host, long distance, long va) {
    return host != 0 ? UNSAFE.getLongAcquire(null, host + distance) : SlowAccess.load(c, va, 8);
  }

  // Stores.

  public static void store1(Core c, long host, long distance, long va, int value) {
    if (host != 0) {
      UNSAFE.putByteRelease(null, host + distance, (byte) value);
    } else {
      SlowAccess.store(c, va, 1, value);
    }
  }

  public static void store2(Core c, long host, long distance, long va, int value) {
    if (host != 0) {
      UNSAFE.putShortRelease(null, host + distance, (short) value);
    } else {
      SlowAccess.store(c, va, 2, value);
    }
  }

  public static void store4(Core c, long host, long distance, long va, int value) {
    if (host != 0) {
      UNSAFE.putIntRelease(null, host + distance, value);
    } else {
      SlowAccess.store(c, va, 4, value);
    }
  }

  public static void store8(Core c, long host, long distance, long va, long value) {
    if (host != 0) {
      UNSAFE.putLongRelease(null, host + distance, value);
    } else {
      SlowAccess.store(c, va, 8, value);
    }
  }

  public static void store16(Core c, long host, long distance, long va, long low, long high) {
    if (host != 0) {
      UNSAFE.putLongRelease(null, host + distance, low);
      UNSAFE.putLongRelease(null, host + distance + 8, high);
    } else {
      SlowAccess.store16(c, va, low, high);
    }
  }

  /** Host address for an atomic access. */
  public static long atomic(Core c, long host, long distance, long va, int size) {
    return host != 0 && (va & size - 1) == 0
        ? host + distance
        : SlowAccess.hostForUpdate(c, va, size);
  }
}
