package ringside.cpu.jvm.translate;

/**
 * How often something has happened of late: a count that halves with every window of ticks.
 *
 * <p>Invariant: what happens at the same rate for ever counts at most twice as often as it happens
 * in a window, so a threshold stands for a rate. What happens now and then in a long run is not
 * worth the second that HotSpot needs for a region.
 */
final class Recent {
  /** log2 of a window in ticks of the processor: about a fifth of a second of the host's. */
  private static final int WINDOW = 28;

  private int count;
  private long window;

  /**
   * So many times more.
   *
   * @param ticks of the processor
   */
  void more(int times, long ticks) {
    long now = ticks >>> WINDOW;
    if (now != window) {
      count = now - window < Integer.SIZE ? count >>> now - window : 0;
      window = now;
    }
    count += times;
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }
}
