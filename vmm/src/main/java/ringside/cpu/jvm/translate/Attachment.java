package ringside.cpu.jvm.translate;

import java.util.Arrays;
import ringside.cpu.jvm.CodePage;

/**
 * A region as one processor uses it: with the pages in which this processor has its code.
 *
 * <p>Invariant: while none of the pages is stale, their bytes are the region's; that, and whether
 * linear addresses still lead to them, is looked up again when the {@link #stamp} has changed.
 */
public final class Attachment {
  /** Entries after which the region is told. */
  private static final int TELL = 1_000;

  /** Failed looks of one instruction after which its worth is reckoned. */
  private static final int MANY = 32;

  /** Ticks of a region that outweigh that it is left and found again. */
  static final int WORTH = 20_000;

  /** Failed looks of one instruction after which they are not expected to end. */
  private static final int HOPELESS = 10_000;

  final Region region;

  /** Which of the region's entries is used. */
  final int entry;

  final CodePage[] pages;

  /** Linear address of each page. */
  final long[] linear;

  /** Linear address of the instruction at that entry. */
  final long rip;

  /** {@link ringside.cpu.jvm.CodeCache#stamp} when the pages were last looked up. */
  long stamp;

  /** Executed in the region. */
  long ticks;

  /** What the region has not been told of, see {@link #count}. */
  private int entries;

  private long executed;
  private final long[] left = new long[Place.values().length];

  /** By place; null as long as there are none. */
  private int[] misses;

  /** While it has to show that it is better than what was there before; else null. */
  Trial trial;

  /** Ways out to code that the region does not have, and by accesses, in what they cost. */
  final Recent sideExits = new Recent();

  /** Entries, all told. */
  long uses;

  /** Entries from which nothing came. */
  final Failures failures = new Failures();

  Attachment(Region region, int entry, CodePage[] pages, long[] linear, long stamp) {
    this.region = region;
    this.entry = entry;
    this.pages = pages;
    this.linear = linear;
    this.rip = region.begins.get(entry).rip();
    this.stamp = stamp;
  }

  /** Code in one of the pages has changed. */
  boolean stale() {
    for (CodePage page : pages) {
      if (page.stale) {
        return true;
      }
    }
    return false;
  }

  /**
   * The region was entered and left again. It hears of that now and then: if each processor wrote
   * into what all share, they would wait for each other.
   */
  void count(Place place, long done) {
    ticks += done;
    executed += done;
    uses++;
    left[place.ordinal()]++;
    if (++entries >= TELL) {
      tell();
    }
  }

  /** Tells the region what was counted since it heard of it last. */
  void tell() {
    region.add(entries, executed, left);
    entries = 0;
    executed = 0;
    Arrays.fill(left, 0);
  }

  /** A careful region may soon be there in which the access does not end it. */
  boolean mayMend(int place) {
    return misses[place] < HOPELESS;
  }

  /** An access missed the fast path: true when it does so often enough to be remembered. */
  boolean missed(int place) {
    if (misses == null) {
      misses = new int[region.code.places.length];
    }
    int count = ++misses[place];
    return count % MANY == 0
        && ticks / count < WORTH
        && !region.shape.careful().contains(region.code.rips[place]);
  }
}
