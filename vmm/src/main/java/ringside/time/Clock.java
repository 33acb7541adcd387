package ringside.time;

/**
 * Virtual time: nanoseconds since the machine started, counted from what guests executed plus the
 * time in which none had anything to do.
 *
 * <p>Invariant: it never falls, and depends on nothing of the host. Ticks of all vCPUs of a pCPU
 * add up; the division into nanoseconds is done on the sum, so nothing is lost to rounding. One
 * thread has it, other than {@link HostClock}.
 */
public sealed class Clock permits HostClock {
  private static final int NO_SHIFT = -1;

  private final long ticksPerMicrosecond;

  /** Ticks shifted right by so much are nanoseconds, or {@link #NO_SHIFT}. */
  private final int shift;

  /** Nanoseconds whose ticks can be counted. */
  private final long longest;

  private long idleNs;
  private long ticks;

  /** What the running processor has executed since its run began; null between runs. */
  private TickSource running;

  /** Counts on while a vCPU runs. */
  @FunctionalInterface
  public interface TickSource {
    long ticks();
  }

  public Clock(long ticksPerMicrosecond) {
    if (ticksPerMicrosecond <= 0) {
      throw new IllegalArgumentException(ticksPerMicrosecond + " ticks in a microsecond");
    }
    this.ticksPerMicrosecond = ticksPerMicrosecond;
    this.shift = shift(ticksPerMicrosecond);
    this.longest = Long.MAX_VALUE / ticksPerMicrosecond - 1000;
  }

  private static int shift(long ticksPerMicrosecond) {
    long perNs = ticksPerMicrosecond / 1000;
    boolean power = perNs * 1000 == ticksPerMicrosecond && Long.bitCount(perNs) == 1;
    return power ? Long.numberOfTrailingZeros(perNs) : NO_SHIFT;
  }

  /** Nanoseconds of virtual time. */
  public long now() {
    return idleNs + toNs(running == null ? ticks : ticks + running.ticks());
  }

  /** From here on, the given source counts what is executed. */
  public void runBegins(TickSource source) {
    running = source;
  }

  /** Adds what the source of the last {@link #runBegins} counted. */
  public void runEnds() {
    ticks += running.ticks();
    running = null;
  }

  /** Nobody ran until {@code ns}. No effect when that is not in the future. */
  public void idleUntil(long ns) {
    long now = now();
    if (ns > now) {
      idleNs += ns - now;
    }
  }

  /** Time counted as idle, in nanoseconds. */
  public long idleNs() {
    return idleNs;
  }

  /** The fewest ticks, at least 1, after which {@link #now} has risen by {@code ns}. */
  public long ticksFor(long ns) {
    long bounded = Math.min(ns, longest);
    return Math.max(1, (bounded * ticksPerMicrosecond + 999) / 1000);
  }

  /** So many ticks in nanoseconds, rounded down. */
  public final long toNs(long count) {
    if (shift != NO_SHIFT) {
      return count >> shift;
    }
    return count / ticksPerMicrosecond * 1000
        + count % ticksPerMicrosecond * 1000 / ticksPerMicrosecond;
  }
}
