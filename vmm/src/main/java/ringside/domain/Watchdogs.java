package ringside.domain;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;

import ringside.time.Timers.Timer;

/**
 * The two watchdog timers that a domain may set on itself (SCHEDOP_watchdog). One that runs out
 * ends the domain with reason watchdog.
 *
 * <p>Invariant: none runs out before the machine has had so much time of its host ({@link
 * GivenTime}): with several pCPUs the time of the timer is the host's, which may not have let the
 * vCPU run, or the one that it waits for.
 */
public final class Watchdogs {
  private static final int COUNT = 2;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  /** Of its span, at least so much later one looks again that found too little time given. */
  private static final int AGAIN = 8;

  private final Domain domain;
  private final Watchdog[] running = new Watchdog[COUNT];

  /** One that runs, since it was set last. */
  private final class Watchdog {
    private final Vcpu by;
    private final int id;
    private final long spanNs;
    private final GivenTime given = domain.machine().countGivenTime();
    private Timer timer;

    Watchdog(Vcpu by, int id, long spanNs) {
      this.by = by;
      this.id = id;
      this.spanNs = spanNs;
      lookAfter(spanNs);
    }

    private void lookAfter(long ns) {
      long deadline = domain.machine().clock().now() + ns;
      timer = domain.machine().timers().at(deadline, () -> by.atBoundary(this::look));
      domain.machine().timersChanged();
    }

    /** It may have been set anew, or stopped, on the way to the boundary. */
    private void look() {
      if (running[id - 1] != this || !domain.running()) {
        return;
      }
      long left = spanNs - given.ns();
      if (left > 0) {
        lookAfter(Math.max(left, spanNs / AGAIN));
        return;
      }
      running[id - 1] = null;
      domain.crash(by, ShutdownReason.WATCHDOG, "watchdog " + id + " of the guest ran out");
    }
  }

  Watchdogs(Domain domain) {
    this.domain = domain;
  }

  /**
   * @param id 0 for a new one, else the id of one that runs
   * @param seconds until it runs out; 0 stops it
   * @return the id of a new one, 0, or a negated errno
   */
  public long set(Vcpu by, long id, long seconds) {
    if (id > COUNT || id == 0 && seconds == 0) {
      return -EINVAL;
    }
    int index = id == 0 ? free() : (int) id - 1;
    if (index < 0) {
      return -ENOSPC;
    }
    if (id != 0 && running[index] == null) {
      return -EINVAL;
    }
    stop(index);
    if (seconds != 0) {
      running[index] = new Watchdog(by, index + 1, seconds * NS_PER_SECOND);
    }
    return id == 0 ? index + 1 : 0;
  }

  private int free() {
    for (int i = 0; i < COUNT; i++) {
      if (running[i] == null) {
        return i;
      }
    }
    return -1;
  }

  private void stop(int index) {
    if (running[index] != null) {
      domain.machine().timers().cancel(running[index].timer);
      running[index] = null;
    }
  }

  void close() {
    for (int i = 0; i < COUNT; i++) {
      stop(i);
    }
  }
}
