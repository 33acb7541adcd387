package ringside.time;

import java.util.function.LongSupplier;

/**
 * The time of a machine with several pCPUs: that of the host, since the machine was made. Ticks of
 * vCPUs that run at once do not add up to a time, so none of them counts, and nothing here is the
 * same in two runs.
 */
public final class HostClock extends Clock {
  private final LongSupplier hostNs;
  private final long start;

  /**
   * @param hostNs monotonic, in ns; asked by any thread
   */
  public HostClock(long ticksPerMicrosecond, LongSupplier hostNs) {
    super(ticksPerMicrosecond);
    this.hostNs = hostNs;
    this.start = hostNs.getAsLong();
  }

  @Override
  public long now() {
    return hostNs.getAsLong() - start;
  }

  /** No effect: the host's time goes on by itself. */
  @Override
  public void runBegins(TickSource source) {}

  @Override
  public void runEnds() {}

  /** No effect: whoever waits does so in the host's time. */
  @Override
  public void idleUntil(long ns) {}
}
