package ringside.sched;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import ringside.domain.Domain;
import ringside.domain.Vcpu;

/**
 * Shares the CPU by weight and cap, in the spirit of Xen's credit scheduler.
 *
 * <p>Every accounting period each domain that was active gets credit by its weight, split among its
 * vCPUs; running burns credit, one per nanosecond. Who has credit left is UNDER and runs before
 * those who are OVER. A vCPU that wakes while UNDER is BOOSTed above both until it has run, so that
 * short work is answered at once. A domain with a cap is parked when it has used its share of the
 * period.
 *
 * <p>Invariant: the queue holds exactly the runnable vCPUs, those that run included; equal
 * priorities run in turn.
 */
public final class CreditScheduler implements Scheduler {
  /** Accounting period, ns. */
  static final long PERIOD_NS = 30_000_000;

  /** Longest slice, ns; Xen's default is 30 ms, here shorter since one pCPU serves all. */
  static final long SLICE_NS = 1_000_000;

  private enum Priority {
    BOOST,
    UNDER,
    OVER
  }

  /** What the scheduler knows of a vCPU. */
  private static final class Unit {
    final Vcpu vcpu;
    Priority priority = Priority.UNDER;
    long credit;
    long usedNs;
    boolean active;

    /** Somebody else first, once, whatever the priorities (as in Xen); behind its equals anyway. */
    boolean yielded;

    Unit(Vcpu vcpu) {
      this.vcpu = vcpu;
    }
  }

  private final Map<Vcpu, Unit> units = new LinkedHashMap<>();
  private final List<Unit> queue = new ArrayList<>();
  private final int pcpus;
  private long periodEnd = PERIOD_NS;

  /**
   * @param pcpus how many vCPUs can run at once
   */
  public CreditScheduler(int pcpus) {
    this.pcpus = pcpus;
  }

  private Unit unit(Vcpu vcpu) {
    Unit unit = units.get(vcpu);
    return unit != null ? unit : units.computeIfAbsent(vcpu, Unit::new);
  }

  @Override
  public void remove(Vcpu vcpu) {
    queue.remove(units.remove(vcpu));
  }

  @Override
  public void wake(Vcpu vcpu) {
    Unit unit = unit(vcpu);
    unit.active = true;
    if (unit.priority == Priority.UNDER) {
      unit.priority = Priority.BOOST;
    }
    if (!queue.contains(unit)) {
      queue.add(unit);
    }
  }

  @Override
  public boolean precedes(Vcpu vcpu, Vcpu running) {
    return running != vcpu && unit(vcpu).priority.compareTo(unit(running).priority) < 0;
  }

  @Override
  public void sleep(Vcpu vcpu) {
    queue.remove(units.get(vcpu));
  }

  @Override
  public void yield(Vcpu vcpu) {
    Unit unit = unit(vcpu);
    unit.yielded = true;
    if (unit.priority == Priority.BOOST) {
      unit.priority = Priority.UNDER;
    }
    if (queue.remove(unit)) {
      queue.add(unit);
    }
  }

  @Override
  public void charge(Vcpu vcpu, long ns) {
    Unit unit = unit(vcpu);
    unit.credit -= ns;
    unit.usedNs += ns;
    unit.active = true;
    unit.priority = unit.credit >= 0 ? Priority.UNDER : Priority.OVER;
    if (queue.remove(unit)) {
      queue.add(unit);
    }
  }

  @Override
  public Decision pick(long now, int pcpu) {
    if (now >= periodEnd) {
      account(now);
    }
    Unit yielded = null;
    for (Priority priority : Priority.values()) {
      for (Unit unit : queue) {
        if (unit.priority != priority
            || unit.vcpu.held()
            || unit.vcpu.awaitedByOther(pcpu, now)
            || parked(unit.vcpu.domain())) {
          continue;
        }
        if (!unit.yielded) {
          return decide(unit, now);
        }
        yielded = yielded == null ? unit : yielded;
      }
    }
    return yielded == null ? null : decide(yielded, now);
  }

  /** Whoever had yielded has now given way once, or nobody was there to give way to. */
  private Decision decide(Unit unit, long now) {
    for (Unit other : queue) {
      other.yielded = false;
    }
    long slice = Math.min(SLICE_NS, periodEnd - now);
    return new Decision(
        unit.vcpu, Math.min(slice, capLeft(unit.vcpu.domain())), name(unit.priority), unit.credit);
  }

  private static String name(Priority priority) {
    return switch (priority) {
      case BOOST -> "boost";
      case UNDER -> "under";
      case OVER -> "over";
    };
  }

  @Override
  public long nextChange() {
    return queue.isEmpty() ? Long.MAX_VALUE : periodEnd;
  }

  private boolean parked(Domain domain) {
    return capLeft(domain) <= 0;
  }

  /** Nanoseconds that the domain may still run in this period. */
  private long capLeft(Domain domain) {
    int cap = domain.config().cap();
    return cap == 0 ? Long.MAX_VALUE : PERIOD_NS * cap / 100 - used(u -> u.vcpu.domain() == domain);
  }

  private long used(Predicate<Unit> which) {
    return units.values().stream().filter(which).mapToLong(u -> u.usedNs).sum();
  }

  /** A new period: hands out as much credit as there is time in it. */
  private void account(long now) {
    long weights = 0;
    for (Unit unit : units.values()) {
      weights += unit.active ? share(unit) : 0;
    }
    for (Unit unit : units.values()) {
      if (unit.active) {
        long fair = PERIOD_NS * pcpus * share(unit) / weights;
        unit.credit = Math.clamp(unit.credit + fair, -PERIOD_NS, PERIOD_NS);
      }
      unit.usedNs = 0;
      unit.active = queue.contains(unit);
      if (unit.priority != Priority.BOOST) {
        unit.priority = unit.credit >= 0 ? Priority.UNDER : Priority.OVER;
      }
    }
    periodEnd += (now - periodEnd) / PERIOD_NS * PERIOD_NS + PERIOD_NS;
  }

  /** Weight of the domain, split among its active vCPUs; scaled, so that nothing is lost. */
  private long share(Unit unit) {
    Domain domain = unit.vcpu.domain();
    long vcpus = units.values().stream().filter(u -> u.active && u.vcpu.domain() == domain).count();
    return domain.config().weight() * 1024L / vcpus;
  }
}
