package ringside.cpu.jvm.memory;

import java.util.function.LongPredicate;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;

/**
 * The window of one processor at one privilege: a run of linear pages that lie in guest-physical
 * memory as they lie in linear space, all of them RAM, readable and accessed before. And a byte per
 * page, by gfn, that says whether it may be stored to without looking.
 *
 * <p>Invariant: page flags outside the window are 0. Between two calls of {@link #install} the
 * window only grows, or is cut by what ends a region of code; one elsewhere that turned out larger
 * waits until then.
 *
 * <p>It is found by looking around pages that were translated anyway. How much is looked at is
 * bounded by how much was gained: a guest whose memory is not linear pays next to nothing.
 */
final class Window {
  /** Bytes of the map: one for each gfn. */
  static final long MAP_BYTES = GuestSpace.SIZE >>> Gpa.PAGE_SHIFT;

  private static final int FIRST_REACH = 64;
  private static final int LARGEST_REACH = 1 << 20;

  /** A look around in vain costs {@link #LOOK} and as much for each page; a translation earns 1. */
  private static final int PATIENCE = 4096;

  private static final int LOOK = 16;
  private static final long PAGE = Gpa.PAGE_SIZE;

  private final PageTables tables;
  private final GuestSpace space;
  private final boolean user;
  private final long map;
  private final LongPredicate watched;

  /** First linear address, and bytes. */
  private long low;

  private long size;

  /** Guest-physical less linear address. */
  private long delta;

  private long nextLow;
  private long nextSize;
  private long nextDelta;

  private int reach = FIRST_REACH;
  private int patience = PATIENCE;

  // The page of the last probe, which may be a large one.
  private long leaf;
  private long leafBytes;
  private long leafDelta;

  /** One was, since the last {@link #clear}. */
  private boolean large;

  Window(PageTables tables, GuestSpace space, boolean user, long map, LongPredicate watchedPage) {
    this.tables = tables;
    this.space = space;
    this.user = user;
    this.map = map;
    this.watched = watchedPage;
  }

  long low() {
    return low;
  }

  long size() {
    return size;
  }

  long hostBase() {
    return space.base() + delta;
  }

  long pageFlags() {
    return map + (low + delta >>> Gpa.PAGE_SHIFT) - (low >>> Gpa.PAGE_SHIFT);
  }

  /** Pieces of large pages may be in it. */
  boolean large() {
    return large;
  }

  boolean contains(long linear) {
    return Long.compareUnsigned(linear - low, size) < 0;
  }

  /**
   * The page at a linear address was translated, is RAM and not watched: looks whether it makes the
   * window larger.
   *
   * @return true when the window has grown
   */
  boolean learn(long page, long gpa) {
    if (patience < PATIENCE) {
      patience++;
    }
    if (patience < LOOK || contains(page)) {
      return false;
    }
    leafBytes = 0;
    long d = gpa - page;
    long end = up(page + PAGE, d);
    long start = down(page, d);
    boolean adjacent = d == delta && Long.compareUnsigned(low - start, end - start) < 0;
    if (size == 0 || adjacent) {
      low = start;
      size = end - start;
      delta = d;
      gained();
      return true;
    }
    if (end - start > size && end - start > nextSize) {
      nextLow = start;
      nextSize = end - start;
      nextDelta = d;
      gained();
    } else {
      patience -= LOOK * (1 + (int) Math.min(end - start >>> Gpa.PAGE_SHIFT, PATIENCE / LOOK));
    }
    return false;
  }

  private void gained() {
    reach = Math.min(2 * reach, LARGEST_REACH);
    patience = PATIENCE;
  }

  private long up(long from, long d) {
    long at = from;
    for (int left = reach; left > 0; left--) {
      if (size != 0 && d == delta && at == low) {
        at += size;
      }
      if (!qualifies(at, d)) {
        break;
      }
      at += PAGE;
    }
    return at;
  }

  private long down(long from, long d) {
    long at = from;
    for (int left = reach; left > 0; left--) {
      if (size != 0 && d == delta && at == low + size) {
        at = low;
      }
      if (!qualifies(at - PAGE, d)) {
        break;
      }
      at -= PAGE;
    }
    return at;
  }

  private boolean qualifies(long page, long d) {
    long gpa = page + d;
    if (gpa < 0
        || gpa >= GuestSpace.SIZE
        || page == -PAGE
        || watched.test(page)
        || space.access(gpa >>> Gpa.PAGE_SHIFT) == Access.NONE) {
      return false;
    }
    if (Long.compareUnsigned(page - leaf, leafBytes) >= 0) {
      if (!tables.addressable(page) || tables.walk(page, PageTables.PROBE, user) != PageTables.OK) {
        leafBytes = 0;
        return false;
      }
      leaf = page & ~tables.offsetMask;
      leafBytes = tables.offsetMask + 1;
      leafDelta = tables.gpa - page;
      large |= leafBytes > PAGE;
    }
    return leafDelta == d;
  }

  /** Between two regions of code: takes a larger window that was found elsewhere. */
  boolean install() {
    if (nextSize == 0) {
      return false;
    }
    if (nextSize <= size) {
      nextSize = 0;
      return false;
    }
    clearFlags(low, size);
    low = nextLow;
    size = nextSize;
    delta = nextDelta;
    nextSize = 0;
    return true;
  }

  void clear() {
    clearFlags(low, size);
    size = 0;
    nextSize = 0;
    reach = FIRST_REACH;
    patience = PATIENCE;
    large = false;
  }

  /** Takes linear pages out, and keeps the larger rest. */
  void cut(long from, long bytes) {
    nextSize = 0;
    long start = Math.max(from - low, 0);
    long end = Math.min(from - low + bytes, size);
    if (start >= end) {
      return;
    }
    if (start >= size - end) {
      long before = Math.min(start, PAGE); // whose flag says something of the page behind it
      clearFlags(low + start - before, size - start + before);
      size = start;
    } else {
      clearFlags(low, end);
      low += end;
      size -= end;
    }
  }

  /** As {@link #cut} for guest-physical pages. */
  void cutPhysical(long gpa, long bytes) {
    cut(gpa - delta, bytes);
  }

  private void clearFlags(long from, long bytes) {
    if (bytes > 0) {
      long gfn = from + delta >>> Gpa.PAGE_SHIFT;
      HostMemory.UNSAFE.setMemory(map + gfn, bytes >>> Gpa.PAGE_SHIFT, (byte) 0);
    }
  }
}
