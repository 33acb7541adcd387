package ringside.device;

import ringside.domain.Domain;
import ringside.time.Timers.Timer;
import ringside.trace.TimerEvent;

/**
 * The timer of a local APIC (SDM volume 3, 12.5.4): counts down from the initial count at the bus
 * clock over the divisor, once or again and again, in virtual time. The bus clock is 100 MHz.
 *
 * <p>Does not: TSC-deadline mode. A new divisor or mode counts from the next write of the initial
 * count on.
 */
final class LapicTimer {
  /** Length of one bus cycle, as in Xen. */
  static final long BUS_CYCLE_NS = 10;

  /** A periodic timer that is set to less has this period, in ns, as in Xen. */
  static final long MIN_PERIOD_NS = 100_000;

  private final Domain domain;
  private final int vcpu;
  private final Expiry expiry;
  private long initialCount;
  private int divideConfiguration;
  private long cycleNs = 2 * BUS_CYCLE_NS;
  private long deadline;
  private Timer timer;

  /** What happens at each expiry. */
  @FunctionalInterface
  interface Expiry {
    /** Takes the trace id of the expiry. */
    void expired(long cause);
  }

  LapicTimer(Domain domain, int vcpu, Expiry expiry) {
    this.domain = domain;
    this.vcpu = vcpu;
    this.expiry = expiry;
  }

  long initialCount() {
    return initialCount;
  }

  int divideConfiguration() {
    return divideConfiguration;
  }

  /** Bits 3, 1 and 0: 0 is a divisor of 2, 1 is 4, and so on to 6; 7 is 1. */
  void divideConfiguration(int value) {
    divideConfiguration = value & 0xb;
  }

  /** Starts anew; 0 stops. */
  void start(long count, boolean periodic) {
    stop();
    initialCount = count;
    if (count == 0) {
      return;
    }
    int code = divideConfiguration & 3 | divideConfiguration >>> 1 & 4;
    cycleNs = BUS_CYCLE_NS * (code == 7 ? 1 : 2L << code);
    long span = count * cycleNs;
    arm(domain.machine().clock().now() + span, periodic ? Math.max(span, MIN_PERIOD_NS) : 0);
  }

  private void arm(long when, long period) {
    deadline = when;
    long set =
        domain.machine().tracer().on(TimerEvent.SET)
            ? domain.emit(0, vcpu, new TimerEvent.Set("lapic", when, period))
            : 0;
    timer = domain.machine().timers().at(when, () -> fire(period, set));
    domain.machine().timersChanged();
  }

  private void fire(long period, long set) {
    long fired =
        domain.machine().tracer().on(TimerEvent.FIRE)
            ? domain.emit(set, vcpu, new TimerEvent.Fire("lapic", deadline))
            : set;
    timer = null;
    if (period != 0) {
      long missed = Math.max(0, domain.machine().clock().now() - deadline) / period;
      arm(deadline + (missed + 1) * period, period);
    }
    expiry.expired(fired);
  }

  /** What is left of the count; 0 when it does not run. */
  long currentCount() {
    if (timer == null) {
      return 0;
    }
    long left = Math.max(0, deadline - domain.machine().clock().now());
    return Math.min(initialCount, (left + cycleNs - 1) / cycleNs);
  }

  void stop() {
    domain.machine().timers().cancel(timer);
    timer = null;
    initialCount = 0;
  }
}
