package ringside.cpu.jvm.memory;

import ringside.cpu.jvm.Core;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;

/**
 * One processor's walks of the guest's page tables (Intel SDM volume 3, chapter 4): 2-level, PAE
 * and 4-level, as the CPUID policy offers them: 36 physical bits, NX, PSE and PAT, but neither 1
 * GiB pages nor PSE-36, SMEP, SMAP or protection keys; what is not offered is reserved.
 *
 * <p>Invariant: a walk that succeeds has set the accessed bit of every entry it used, and for a
 * store the dirty bit of the last, each in one step against all processors. Entries above one that
 * faults have their accessed bits set too, which the SDM allows (4.8).
 *
 * <p>Where no frame is, entries read as all ones and are not written; nor are those in frames that
 * were granted read-only. Nothing is cached: that is {@link View}'s.
 */
final class PageTables {
  static final int LOAD = 0;
  static final int STORE = 1;
  static final int FETCH = 2;

  /** As a load, but changes nothing, and an entry that was never accessed counts as absent. */
  static final int PROBE = 3;

  /** As {@link #PROBE}, of a fetch. */
  static final int PROBE_FETCH = 4;

  static final int OK = -1;

  private static final int ERROR_PRESENT = 1;
  private static final int ERROR_WRITE = 2;
  private static final int ERROR_USER = 4;
  private static final int ERROR_RESERVED = 8;
  private static final int ERROR_FETCH = 16;

  private static final long CR0_WP = 1L << 16;
  private static final long CR0_PG = 1L << 31;
  private static final long CR4_PSE = 1L << 4;
  private static final long CR4_PAE = 1L << 5;
  private static final long EFER_LMA = 1L << 10;
  private static final long EFER_NXE = 1L << 11;

  private static final long PRESENT = 1;
  private static final long WRITABLE = 2;
  private static final long USER = 4;
  private static final long ACCESSED = 0x20;
  private static final long DIRTY = 0x40;
  private static final long LARGE = 0x80;
  private static final long NX = 1L << 63;
  private static final long FRAME = 0x000f_ffff_ffff_f000L;

  /** Bits 51:36 of an entry of 8 bytes. */
  private static final long BEYOND = FRAME & -GuestSpace.SIZE;

  /** Bits 62:52, which only 4-level paging leaves to software. */
  private static final long PAE_RESERVED = 0x7ff0_0000_0000_0000L;

  private static final long PDPTE_RESERVED = PAE_RESERVED | NX | 0x1e6;

  /** Bits 20:13 of an entry for 2 MiB, and 21:13 of one for 4 MiB. */
  private static final long RESERVED_2M = 0x1f_e000;

  private static final long RESERVED_4M = 0x3f_e000;

  private final Core core;
  private final DomainMemory domain;

  /** Hears before anything is written, or null. */
  WriteLog log;

  /** Result of a successful walk. */
  long gpa;

  /** Of a successful walk: bytes of the page less 1; the page may be larger than 4 KiB. */
  long offsetMask;

  PageTables(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
  }

  /**
   * Translates.
   *
   * @param linear canonical in long mode; else its lower 32 bits count
   * @param kind LOAD, STORE, FETCH, PROBE, PROBE_FETCH
   * @return {@link #OK}, or the error code of the #PF
   */
  int walk(long linear, int kind, boolean user) {
    int error = look(linear, kind, user);
    if (log != null && kind == STORE && error == OK) {
      log.beforeWrite(gpa >>> Gpa.PAGE_SHIFT, false);
    }
    return error;
  }

  private int look(long linear, int kind, boolean user) {
    if ((core.cr0 & CR0_PG) == 0) {
      gpa = linear & 0xffff_ffffL;
      offsetMask = 0xffff_ffffL;
      return OK;
    }
    boolean longMode = (core.efer & EFER_LMA) != 0;
    int error = (kind == STORE ? ERROR_WRITE : 0) | (user ? ERROR_USER : 0);
    if (!longMode && (core.cr4 & CR4_PAE) == 0) {
      return walkNarrow(linear & 0xffff_ffffL, kind, user, error);
    }
    if (kind == FETCH && (core.efer & EFER_NXE) != 0) {
      error |= ERROR_FETCH;
    }
    return longMode
        ? walkWide(core.cr3 & FRAME, 4, linear, kind, user, error)
        : walkPae(linear & 0xffff_ffffL, kind, user, error);
  }

  boolean longMode() {
    return (core.efer & EFER_LMA) != 0;
  }

  /** Bytes of the largest page that the present mode has. */
  long largestPage() {
    return longMode() || (core.cr4 & CR4_PAE) != 0 ? 1L << 21 : 1L << 22;
  }

  /** Whether the present mode has such a linear address. */
  boolean addressable(long linear) {
    return (core.efer & EFER_LMA) != 0 ? linear << 16 >> 16 == linear : linear >>> 32 == 0;
  }

  private int walkPae(long linear, int kind, boolean user, int error) {
    long entry = read(slot(core.cr3 & 0xffff_ffe0L, linear >>> 30, 8), 8);
    if ((entry & PRESENT) == 0) {
      return error;
    }
    if ((entry & (PDPTE_RESERVED | BEYOND)) != 0) {
      return error | ERROR_PRESENT | ERROR_RESERVED;
    }
    return walkWide(entry & FRAME, 2, linear, kind, user, error);
  }

  /** Entries of 8 bytes, from a table of this level down. */
  private int walkWide(long top, int levels, long linear, int kind, boolean user, int error) {
    long rights = WRITABLE | USER;
    long noExecute = 0;
    long table = top;
    int level = levels;
    while (true) {
      int shift = 3 + 9 * level;
      long slot = slot(table, linear >>> shift & 511, 8);
      long entry = read(slot, 8);
      if ((entry & PRESENT) == 0) {
        return error;
      }
      if ((entry & reserved(entry, level)) != 0) {
        return error | ERROR_PRESENT | ERROR_RESERVED;
      }
      if (level == 1 || (entry & LARGE) != 0) {
        if (denied(rights & entry, noExecute | entry, kind, user)) {
          return error | ERROR_PRESENT;
        }
        int marked = mark(slot, entry, 8, kind == STORE ? ACCESSED | DIRTY : ACCESSED, kind);
        if (marked == AGAIN) {
          continue;
        }
        offsetMask = (1L << shift) - 1;
        gpa = entry & FRAME & ~offsetMask | linear & offsetMask;
        return marked == DONE ? OK : error;
      }
      switch (mark(slot, entry, 8, ACCESSED, kind)) {
        case AGAIN -> {
          continue;
        }
        case UNMARKED -> {
          return error;
        }
        default -> {}
      }
      rights &= entry;
      noExecute |= entry;
      table = entry & FRAME;
      level--;
    }
  }

  /** Reserved bits of an entry of 8 bytes; level 1 is a page table's. */
  private long reserved(long entry, int level) {
    long bits = BEYOND;
    if ((core.efer & EFER_NXE) == 0) {
      bits |= NX;
    }
    if ((core.efer & EFER_LMA) == 0) {
      bits |= PAE_RESERVED;
    }
    if (level == 2 && (entry & LARGE) != 0) {
      bits |= RESERVED_2M;
    } else if (level > 2) {
      bits |= LARGE;
    }
    return bits;
  }

  /** Entries of 4 bytes, two levels. */
  private int walkNarrow(long linear, int kind, boolean user, int error) {
    while (true) {
      long slot = slot(core.cr3 & 0xffff_f000L, linear >>> 22, 4);
      long directory = read(slot, 4);
      if ((directory & PRESENT) == 0) {
        return error;
      }
      boolean large = (directory & LARGE) != 0 && (core.cr4 & CR4_PSE) != 0;
      if (large && (directory & RESERVED_4M) != 0) {
        return error | ERROR_PRESENT | ERROR_RESERVED;
      }
      long entry = directory;
      long rights = directory;
      if (!large) {
        int marked = mark(slot, directory, 4, ACCESSED, kind);
        if (marked != DONE) {
          if (marked == AGAIN) {
            continue;
          }
          return error;
        }
        slot = slot(directory & 0xffff_f000L, linear >>> 12 & 1023, 4);
        entry = read(slot, 4);
        rights &= entry;
        if ((entry & PRESENT) == 0) {
          return error;
        }
      }
      if (denied(rights, 0, kind, user)) {
        return error | ERROR_PRESENT;
      }
      int marked = mark(slot, entry, 4, kind == STORE ? ACCESSED | DIRTY : ACCESSED, kind);
      if (marked == AGAIN) {
        continue;
      }
      offsetMask = large ? (1L << 22) - 1 : Gpa.PAGE_SIZE - 1;
      gpa = entry & 0xffff_f000L & ~offsetMask | linear & offsetMask;
      return marked == DONE ? OK : error;
    }
  }

  private boolean denied(long rights, long noExecute, int kind, boolean user) {
    return user && (rights & USER) == 0
        || kind == STORE && (rights & WRITABLE) == 0 && (user || (core.cr0 & CR0_WP) != 0)
        || (kind == FETCH || kind == PROBE_FETCH) && (noExecute & NX) != 0;
  }

  private static final int DONE = 0;
  private static final int AGAIN = 1;
  private static final int UNMARKED = 2;

  /** Sets bits of an entry unless it has changed since it was read. */
  private int mark(long slot, long entry, int size, long bits, int kind) {
    if ((entry & bits) == bits) {
      return DONE;
    }
    if (kind >= PROBE) {
      return UNMARKED;
    }
    if (domain.space().access(slot >>> Gpa.PAGE_SHIFT) != Access.READ_WRITE) {
      return DONE;
    }
    if (log != null) {
      log.beforeWrite(slot >>> Gpa.PAGE_SHIFT, true);
    }
    long host = domain.space().base() + slot;
    boolean set =
        size == 8
            ? HostMemory.UNSAFE.compareAndSetLong(null, host, entry, entry | bits)
            : HostMemory.UNSAFE.compareAndSetInt(null, host, (int) entry, (int) (entry | bits));
    if (set) {
      domain.wrote(slot >>> Gpa.PAGE_SHIFT);
    }
    return set ? DONE : AGAIN;
  }

  private static long slot(long table, long index, int size) {
    return table + index * size;
  }

  private long read(long slot, int size) {
    if (domain.space().access(slot >>> Gpa.PAGE_SHIFT) == Access.NONE) {
      return size == 8 ? -1 : 0xffff_ffffL;
    }
    return HostMemory.load(domain.space().base() + slot, size);
  }
}
