package ringside.cpu.jvm.translate;

/**
 * Which of two regions for the same code runs: a new one takes the place of the one before only
 * when it is about as fast, or has not become so for very long. HotSpot interprets what is new,
 * then compiles it to code that counts, and needs a second until it has made good code of it;
 * without a trial, a system would crawl through that each time when one of its regions is made
 * better.
 *
 * <p>Invariant: both do the same, so nothing that a guest can see depends on whose turn it is.
 */
final class Trial {
  /** One entry of so many is the new one's: few, as it is slow, but HotSpot has to meet it. */
  private static final int TURN = 17;

  /** Entries of each that are measured before they are compared. */
  private static final int SAMPLES = 32;

  /** Entries after which the new one is taken anyway: seconds. */
  private static final int MOST = 2_000_000;

  /**
   * What the new one may need of the time of the one before, in quarters: it is left less often.
   */
  private static final int QUARTERS = 5;

  /** What it costs to interpret up to where a region begins, about. */
  private static final int MISS_NS = 1_000;

  final Attachment elder;

  private int entries;
  private boolean over;
  private long youngNs;
  private long youngTicks;
  private long elderNs;
  private long elderTicks;

  /**
   * @param elder that which was there before
   */
  Trial(Attachment elder) {
    this.elder = elder;
  }

  /** One more entry: true when it is the new one's. */
  boolean turn() {
    return ++entries % TURN == 0;
  }

  /** The present entry is to be measured: that of the new one, and the one behind. */
  boolean measures() {
    return entries % TURN <= 1;
  }

  /**
   * What was measured.
   *
   * @param missed it was left for an access, and what is behind that is interpreted
   */
  void took(long measuredNs, long ticks, boolean missed) {
    long ns = measuredNs + (missed ? MISS_NS : 0);
    if (entries % TURN == 0) {
      youngNs += ns;
      youngTicks += ticks;
    } else {
      elderNs += ns;
      elderTicks += ticks;
    }
    if (entries % (TURN * SAMPLES) == 1) {
      compare();
    }
  }

  private void compare() {
    double young = (double) youngNs * elderTicks * 4;
    double before = (double) elderNs * youngTicks * QUARTERS;
    over = young <= before && youngTicks > 0 || entries > MOST;
    youngNs = 0;
    youngTicks = 0;
    elderNs = 0;
    elderTicks = 0;
  }

  /** The new one has its place. */
  boolean over() {
    return over;
  }
}
