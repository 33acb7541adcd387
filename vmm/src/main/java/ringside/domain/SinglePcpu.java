package ringside.domain;

import com.google.common.primitives.ImmutableLongArray;
import ringside.cpu.Platform;
import ringside.sched.Scheduler.Decision;
import ringside.time.Clock;

/**
 * One pCPU, on the thread that runs the machine, in virtual time.
 *
 * <p>Invariant: everything that happens in the machine happens in here, one after the other, so the
 * same seed makes the same run.
 */
final class SinglePcpu implements Pcpus {
  private final Machine machine;
  private final Clock clock;
  private final Pcpu pcpu;
  private volatile boolean interrupted;
  private volatile IdleWait idleWait = IdleWait.NONE;

  SinglePcpu(Machine machine) {
    this.machine = machine;
    this.clock = machine.clock();
    this.pcpu = new Pcpu(machine, 0, Pcpu.Door.OPEN);
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public Pcpu.End run(long untilNs) {
    Pcpu.End end = null;
    while (end == null) {
      end = turn(untilNs);
    }
    return end;
  }

  /** One decision; null when there is another to make. HotSpot compiles what is called often. */
  private Pcpu.End turn(long untilNs) {
    machine.timers().fireDue(clock.now());
    machine.letVisitorsIn();
    machine.settleStopped();
    long now = clock.now();
    boolean over = interrupted || now >= untilNs;
    Decision decision = over ? null : machine.scheduler().pick(now, 0);
    if (decision != null) {
      pcpu.run(decision, untilNs);
      return null;
    }
    if (!machine.anyRunning()) {
      return Pcpu.End.ALL_STOPPED;
    }
    if (over) {
      return interrupted ? Pcpu.End.INTERRUPTED : Pcpu.End.TIME_LIMIT;
    }
    if (idleWait.waited()) {
      return null;
    }
    long next = Math.min(machine.timers().next(), machine.scheduler().nextChange());
    if (next == Long.MAX_VALUE) {
      return Pcpu.End.STUCK;
    }
    clock.idleUntil(Math.min(next, untilNs));
    return null;
  }

  /** All of it: virtual time is what was executed or idle. */
  @Override
  public ImmutableLongArray hadNs() {
    return ImmutableLongArray.of(clock.now());
  }

  @Override
  public void idleWait(IdleWait wait) {
    idleWait = wait;
  }

  @Override
  public void interrupt() {
    interrupted = true;
    idleWait.wake();
  }

  @Override
  public void visitor() {
    idleWait.wake();
  }

  @Override
  public void runnable(Vcpu vcpu) {
    Vcpu running = pcpu.running();
    if (running != null && machine.scheduler().precedes(vcpu, running)) {
      pcpu.preempt();
    }
  }

  @Override
  public void preempt(Vcpu vcpu) {
    pcpu.preempt();
  }

  @Override
  public void preemptAll() {
    pcpu.preempt();
  }

  @Override
  public void timersChanged() {
    pcpu.kick();
  }

  /** No effect: there is nobody. */
  @Override
  public void letIn(Runnable before) {}

  @Override
  public Platform around(Vcpu vcpu, Platform platform) {
    return platform;
  }
}
