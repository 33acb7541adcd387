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
  private static final long PAGE_MASK = -4096;

  /** What a window promises beyond an address in it, with that address's byte. */
  private static final int WINDOW_SPAN = 16;

  private Access() {}

  /**
   * Host address of {@code span} bytes that may be loaded, or 0.
   *
   * @param low the window's first address, less 2^63
   * @param size its size, less 2^63
   */
  public static long loads(long va, int span, long low, long size, long base, long tlb) {
    if (va - low < size && (span <= WINDOW_SPAN || va + span - WINDOW_SPAN - low < size)) {
      return base + va;
    }
    return cached(va, span, tlb);
  }

  /**
   * As {@link #loads}.
   *
   * @throws Deopt where that would be 0
   */
  public static long sureLoads(long va, int span, long low, long size, long base, long tlb) {
    if (va - low < size && (span <= WINDOW_SPAN || va + span - WINDOW_SPAN - low < size)) {
      return base + va;
    }
    return sure(va, span, tlb);
  }

  /** Host address of {@code span} bytes that may be loaded and stored to, or 0. */
  public static long stores(
      long va, int span, long low, long size, long base, long pages, long tlb) {
    if (va - low < size && (span <= WINDOW_SPAN || va + span - WINDOW_SPAN - low < size)) {
      int flags = UNSAFE.getByte(pages + (va >>> 12));
      if (span > 1) {
        flags &= UNSAFE.getByte(pages + (va + span - 1 >>> 12));
      }
      if ((flags & Mmu.STORE_FAST) != 0) {
        return base + va;
      }
    }
    return cached(va, span, tlb);
  }

  /**
   * As {@link #stores}.
   *
   * @throws Deopt where that would be 0
   */
  public static long sureStores(
      long va, int span, long low, long size, long base, long pages, long tlb) {
    if (va - low < size && (span <= WINDOW_SPAN || va + span - WINDOW_SPAN - low < size)) {
      int flags = UNSAFE.getByte(pages + (va >>> 12));
      if (span > 1) {
        flags &= UNSAFE.getByte(pages + (va + span - 1 >>> 12));
      }
      if ((flags & Mmu.STORE_FAST) != 0) {
        return base + va;
      }
    }
    return sure(va, span, tlb);
  }

  private static long sure(long va, int span, long tlb) {
    long entry = tlb + (va >>> 8 & Mmu.TLB_MASK);
    if (UNSAFE.getLong(entry) == (va & PAGE_MASK) && ((va ^ va + span - 1) & PAGE_MASK) == 0) {
      return va + UNSAFE.getLong(entry + 8);
    }
    throw Deopt.INSTANCE;
  }

  private static long cached(long va, int span, long tlb) {
    long entry = tlb + (va >>> 8 & Mmu.TLB_MASK);
    boolean hit =
        UNSAFE.getLong(entry) == (va & PAGE_MASK) && ((va ^ va + span - 1) & PAGE_MASK) == 0;
    return hit ? va + UNSAFE.getLong(entry + 8) : 0;
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
