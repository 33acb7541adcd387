package ringside.cpu.jvm.translate;

/**
 * Entries of a region from which nothing came: its first instruction was to be interpreted.
 *
 * <p>Invariant: each judgement is on the last {@link #MANY} of them and what the region executed
 * since the judgement before. What it did until then does not count: a loop that did much for long
 * may from some instant on only be entered in vain.
 */
final class Failures {
  /** So many are judged together. */
  static final int MANY = 1_000;

  /** Ticks that outweigh one of them. */
  static final int WORTH = 16;

  private int count;
  private long judged;

  /**
   * One more.
   *
   * @param ticks what the region has executed, all told
   * @return true when the region is not worth so many of them
   */
  boolean tooMany(long ticks) {
    if (++count < MANY) {
      return false;
    }
    boolean worthless = ticks - judged < (long) MANY * WORTH;
    count = 0;
    judged = ticks;
    return worthless;
  }
}
