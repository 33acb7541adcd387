package ringside.device;

import ringside.time.Clock;

/**
 * Lets {@link #BURST} bytes pass at once and {@link #PER_SECOND} bytes in each second of virtual
 * time.
 */
final class RateLimit {
  static final long BURST = 1 << 20;
  static final long PER_SECOND = 1 << 20;

  private static final long SECOND_NS = 1_000_000_000L;

  private final Clock clock;
  private long tokens = BURST;
  private long filledAt;
  private boolean refused;

  RateLimit(Clock clock) {
    this.clock = clock;
    this.filledAt = clock.now();
  }

  /** How many of the bytes may pass. */
  int take(int bytes) {
    refill();
    int count = (int) Math.min(bytes, tokens);
    tokens -= count;
    return count;
  }

  private void refill() {
    long now = clock.now();
    long passed = Math.min(now - filledAt, SECOND_NS * (BURST / PER_SECOND));
    long earned = passed * PER_SECOND / SECOND_NS;
    if (earned > 0) {
      tokens = Math.min(BURST, tokens + earned);
      filledAt = now;
    }
  }

  /** True once, after which it was said. */
  boolean firstRefusal() {
    boolean first = !refused;
    refused = true;
    return first;
  }
}
