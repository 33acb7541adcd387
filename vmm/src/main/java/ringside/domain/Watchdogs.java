package ringside.domain;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;

import ringside.time.Timers.Timer;

/**
 * The two watchdog timers that a domain may set on itself (SCHEDOP_watchdog). One that runs out
 * ends the domain with reason watchdog.
 */
public final class Watchdogs {
  private static final int COUNT = 2;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final Domain domain;
  private final Timer[] timers = new Timer[COUNT];

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
    if (id != 0 && timers[index] == null) {
      return -EINVAL;
    }
    domain.machine().timers().cancel(timers[index]);
    timers[index] = null;
    if (seconds != 0) {
      long deadline = domain.machine().clock().now() + seconds * NS_PER_SECOND;
      timers[index] = domain.machine().timers().at(deadline, () -> expired(by, index + 1));
      domain.machine().timersChanged();
    }
    return id == 0 ? index + 1 : 0;
  }

  private int free() {
    for (int i = 0; i < COUNT; i++) {
      if (timers[i] == null) {
        return i;
      }
    }
    return -1;
  }

  private void expired(Vcpu by, int id) {
    timers[id - 1] = null;
    by.atBoundary(
        () ->
            domain.crash(by, ShutdownReason.WATCHDOG, "watchdog " + id + " of the guest ran out"));
  }

  void close() {
    for (Timer timer : timers) {
      domain.machine().timers().cancel(timer);
    }
  }
}
