package ringside.cpu.jvm.translate;

import java.util.Arrays;
import ringside.cpu.jvm.Block;
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

  /** The region's. */
  final RegionCode code;

  /** What the region begins with at that entry. */
  final Block block;

  /** Which of the region's entries is used. */
  final int entry;

  final CodePage[] pages;

  /** Linear address of each page. */
  final long[] linear;

  /** Linear address of the instruction at that entry. */
  final long rip;

  /** {@link ringside.cpu.jvm.CodeCache#stamp} when the pages were last looked up. */
  long stamp;

  /** With fewer ticks left nothing of it can be executed. */
  final int least;

  /** XMM registers are used: not while SSE is switched off. */
  final boolean vectors;

  /**
   * It is its block's, without a trial, and nothing is asked for in its place: whoever knows the
   * way here need not look at the block. Set by {@link Tier}, taken back by {@link Profile}.
   */
  boolean settled;

  /** Executed in the region. */
  long ticks;

  /** Entries, all told. */
  long uses;

  // What has not been looked at, see Tier.review.

  /** Entries. */
  int entries;

  /** What the ways out cost, as {@link #sideExits} has it. */
  int cost;

  /** {@link Region#used} as it was set from here. */
  long used;

  // What the region has been told of.
  private long ticksTold;
  private long usesTold;
  private final long[] left = new long[Place.values().length];

  /** By place; null as long as there are none. */
  private int[] misses;

  /** While it has to show that it is better than what was there before; else null. */
  Trial trial;

  /** Ways out to code that the region does not have, and by accesses, in what they cost. */
  final Recent sideExits = new Recent();

  /** Entries from which nothing came. */
  final Failures failures = new Failures();

  Attachment(Region region, int entry, Block block, CodePage[] pages, long[] linear, long stamp) {
    this.region = region;
    this.code = region.code;
    this.block = block;
    this.entry = entry;
    this.least = region.code.least[entry];
    this.vectors = region.vectors;
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

  /** The region was entered and left again. */
  void count(Place place, long done) {
    ticks += done;
    uses++;
    entries++;
    left[place.ordinal()]++;
  }

  /**
   * Tells the region now and then: if each processor wrote into what all share, they would wait for
   * each other.
   */
  void tellOften() {
    if (uses - usesTold >= TELL) {
      tell();
    }
  }

  /** Tells the region what was counted since it heard of it last. */
  void tell() {
    region.add(uses - usesTold, ticks - ticksTold, left);
    usesTold = uses;
    ticksTold = ticks;
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
