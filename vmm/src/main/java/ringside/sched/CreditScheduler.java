package ringside.sched;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.sched.SchedUnit.Priority;

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

  private final List<SchedUnit> units = new ArrayList<>();
  private final List<SchedUnit> queue = new ArrayList<>();
  private final int pcpus;
  private long periodEnd = PERIOD_NS;

  /**
   * @param pcpus how many vCPUs can run at once
   */
  public CreditScheduler(int pcpus) {
    this.pcpus = pcpus;
  }

  private SchedUnit unit(Vcpu vcpu) {
    SchedUnit unit = vcpu.unit();
    if (!unit.known) {
      unit.known = true;
      units.add(unit);
    }
    return unit;
  }

  private void enqueue(SchedUnit unit) {
    unit.queued = true;
    queue.add(unit);
  }

  /** False when it was not in the queue. */
  private boolean dequeue(SchedUnit unit) {
    boolean was = unit.queued;
    if (was) {
      unit.queued = false;
      queue.remove(unit);
    }
    return was;
  }

  @Override
  public void remove(Vcpu vcpu) {
    SchedUnit unit = vcpu.unit();
    dequeue(unit);
    if (unit.known) {
      unit.known = false;
      units.remove(unit);
    }
  }

  @Override
  public void wake(Vcpu vcpu) {
    SchedUnit unit = unit(vcpu);
    unit.active = true;
    if (unit.priority == Priority.UNDER) {
      unit.priority = Priority.BOOST;
    }
    if (!unit.queued) {
      enqueue(unit);
    }
  }

  @Override
  public boolean precedes(Vcpu vcpu, Vcpu running) {
    return running != vcpu && unit(vcpu).before(unit(running));
  }

  @Override
  public void sleep(Vcpu vcpu) {
    dequeue(vcpu.unit());
  }

  @Override
  public void yield(Vcpu vcpu) {
    SchedUnit unit = unit(vcpu);
    unit.yielded = true;
    if (unit.priority == Priority.BOOST) {
      unit.priority = Priority.UNDER;
    }
    if (dequeue(unit)) {
      enqueue(unit);
    }
  }

  @Override
  public void charge(Vcpu vcpu, long ns) {
    SchedUnit unit = unit(vcpu);
    unit.credit -= ns;
    unit.usedNs += ns;
    unit.active = true;
    unit.priority = unit.credit >= 0 ? Priority.UNDER : Priority.OVER;
    if (dequeue(unit)) {
      enqueue(unit);
    }
  }

  @Override
  public Decision pick(long now, int pcpu) {
    if (now >= periodEnd) {
      account(now);
    }
    SchedUnit first = null;
    SchedUnit yielded = null;
    for (SchedUnit unit : queue) {
      if (unit.vcpu.held() || unit.awaitedByOther(pcpu, now) || parked(unit.vcpu.domain())) {
        continue;
      }
      if (unit.yielded) {
        yielded = unit.before(yielded) ? unit : yielded;
      } else {
        first = unit.before(first) ? unit : first;
      }
    }
    SchedUnit next = first != null ? first : yielded;
    return next == null ? null : decide(next, now);
  }

  /** Whoever had yielded has now given way once, or nobody was there to give way to. */
  private Decision decide(SchedUnit unit, long now) {
    for (SchedUnit other : queue) {
      other.yielded = false;
    }
    long slice = Math.min(SLICE_NS, periodEnd - now);
    return new Decision(
        unit.vcpu, Math.min(slice, capLeft(unit.vcpu.domain())), unit.priority.word, unit.credit);
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

  private long used(Predicate<SchedUnit> which) {
    return units.stream().filter(which).mapToLong(u -> u.usedNs).sum();
  }

  /** A new period: hands out as much credit as there is time in it. */
  private void account(long now) {
    long weights = 0;
    for (SchedUnit unit : units) {
      weights += unit.active ? share(unit) : 0;
    }
    for (SchedUnit unit : units) {
      if (unit.active) {
        long fair = PERIOD_NS * pcpus * share(unit) / weights;
        unit.credit = Math.clamp(unit.credit + fair, -PERIOD_NS, PERIOD_NS);
      }
      unit.usedNs = 0;
      unit.active = unit.queued;
      if (unit.priority != Priority.BOOST) {
        unit.priority = unit.credit >= 0 ? Priority.UNDER : Priority.OVER;
      }
    }
    periodEnd += (now - periodEnd) / PERIOD_NS * PERIOD_NS + PERIOD_NS;
  }

  /** Weight of the domain, split among its active vCPUs; scaled, so that nothing is lost. */
  private long share(SchedUnit unit) {
    Domain domain = unit.vcpu.domain();
    long vcpus = units.stream().filter(u -> u.active && u.vcpu.domain() == domain).count();
    return domain.config().weight() * 1024L / vcpus;
  }
}
