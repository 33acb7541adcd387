package ringside.domain;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.util.concurrent.locks.Condition;
import ringside.cpu.Platform;
import ringside.sched.Scheduler.Decision;
import ringside.time.Clock;

/**
 * Several pCPUs, each a host thread, in the host's time.
 *
 * <p>Invariant: all of this is touched under the core lock. A vCPU that may run is run, or all
 * pCPUs are busy, or one that rests has been called. Who rests wakes for the next timer; while all
 * are busy, the tick of the thread that runs the machine sees to timers and slices that are over,
 * since guest code may take longer than its ticks say. Not deterministic.
 */
final class ParallelPcpus implements Pcpus {
  /** How often the thread that runs the machine looks around, in ns. */
  private static final long TICK_NS = 1_000_000;

  /** How long a vCPU waits for the pCPU that had it last, once that has been called, in ns. */
  private static final long COMING_NS = 50_000;

  private final Machine machine;
  private final Clock clock;
  private final Parallelism parallelism;
  private final CoreLock lock;
  private final Condition tick;
  private final ImmutableList<RestingPlace> places;
  private final ImmutableList<Pcpu> pcpus;
  private IdleWait idleWait = IdleWait.NONE;
  private volatile boolean interrupted;
  private boolean tickSleeps;
  private long untilNs;
  private int atWork;
  private long awaitedUntil;
  private Pcpu.End end;
  private Throwable failure;

  ParallelPcpus(Machine machine, Parallelism parallelism) {
    this.machine = machine;
    this.clock = machine.clock();
    this.parallelism = parallelism;
    this.lock = new CoreLock(parallelism.copies());
    this.tick = lock.condition();
    ImmutableList.Builder<Pcpu> builder = ImmutableList.builder();
    ImmutableList.Builder<RestingPlace> resting = ImmutableList.builder();
    for (int id = 0; id < parallelism.pcpus(); id++) {
      builder.add(new Pcpu(machine, id, lock));
      resting.add(new RestingPlace(lock, parallelism.hostNs(), parallelism.copies()));
    }
    pcpus = builder.build();
    places = resting.build();
  }

  @Override
  public int count() {
    return pcpus.size();
  }

  @Override
  public Pcpu.End run(long limitNs) {
    lock.enter();
    try {
      untilNs = limitNs;
      end = null;
      for (int id = 0; id < pcpus.size(); id++) {
        start(id);
      }
      while (atWork > 0) {
        lookAround();
        idleWait.polled();
        pcpus.forEach(Pcpu::tick);
        sleepUntilTick();
      }
    } finally {
      lock.leave();
    }
    if (failure != null) {
      Throwables.throwIfUnchecked(failure);
      throw new IllegalStateException("a pCPU failed", failure);
    }
    return end;
  }

  private void start(int id) {
    atWork++;
    Thread thread = parallelism.threads().newThread(() -> work(id));
    thread.setName("pcpu" + id);
    thread.start();
  }

  /** A pCPU's life; what goes wrong in it goes wrong in {@link #run}. */
  private void work(int id) {
    Pcpu pcpu = pcpus.get(id);
    RestingPlace place = places.get(id);
    lock.enter();
    try {
      for (lookAround(); end == null; lookAround()) {
        turn(pcpu, place, id);
      }
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
      ends(Pcpu.End.INTERRUPTED);
    } finally {
      atWork--;
      tick.signal();
      lock.leave();
    }
  }

  /** One decision. HotSpot compiles what is called often. */
  private void turn(Pcpu pcpu, RestingPlace place, int id) {
    long now = clock.now();
    Decision decision = machine.scheduler().pick(now, id);
    if (decision != null) {
      wakeTick();
      pcpu.run(decision, untilNs);
    } else if (!idle()) {
      place.rest(Math.min(Math.min(nextChange(), untilNs), awaited(now)) - now);
    }
  }

  /** What is to be done whichever thread comes by. */
  private void lookAround() {
    machine.timers().fireDue(clock.now());
    machine.letVisitorsIn();
    machine.settleStopped();
    if (!machine.anyRunning() && !machine.anyToSettle()) {
      ends(Pcpu.End.ALL_STOPPED);
    } else if (interrupted) {
      ends(Pcpu.End.INTERRUPTED);
    } else if (clock.now() >= untilNs) {
      ends(Pcpu.End.TIME_LIMIT);
    }
  }

  private void ends(Pcpu.End how) {
    if (end == null) {
      end = how;
      preemptAll();
      places.forEach(RestingPlace::call);
    }
  }

  /** No vCPU can run on one more pCPU: true when something is to be looked at anew. */
  private boolean idle() {
    IdleWait.Input input = idleWait.polled();
    if (input == IdleWait.Input.GIVEN) {
      return true;
    }
    if (nobodyRuns() && input == IdleWait.Input.NOT_ASKED && nextChange() == Long.MAX_VALUE) {
      ends(Pcpu.End.STUCK);
      return true;
    }
    return false;
  }

  private boolean nobodyRuns() {
    for (Pcpu pcpu : pcpus) {
      if (pcpu.running() != null) {
        return false;
      }
    }
    return true;
  }

  private long nextChange() {
    return Math.min(machine.timers().next(), machine.scheduler().nextChange());
  }

  /** When a vCPU for which another pCPU was called may be taken by any; else the end of time. */
  private long awaited(long now) {
    return now < awaitedUntil ? awaitedUntil : Long.MAX_VALUE;
  }

  // The tick

  private void sleepUntilTick() {
    if (machine.anyVisitor() || atWork == 0) {
      return;
    }
    tickSleeps = places.stream().allMatch(RestingPlace::taken);
    try {
      if (tickSleeps) {
        tick.await();
      } else {
        tick.awaitNanos(TICK_NS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the machine's threads", e);
    }
  }

  private void wakeTick() {
    if (tickSleeps) {
      tickSleeps = false;
      tick.signal();
    }
  }

  // What the core tells

  @Override
  public ImmutableLongArray hadNs() {
    ImmutableLongArray.Builder had = ImmutableLongArray.builder(pcpus.size());
    for (int id = 0; id < pcpus.size(); id++) {
      had.add(pcpus.get(id).executedNs() + places.get(id).restedNs());
    }
    return had.build();
  }

  @Override
  public void idleWait(IdleWait wait) {
    idleWait = wait;
  }

  @Override
  public void interrupt() {
    interrupted = true;
    visitor();
  }

  @Override
  public void visitor() {
    lock.enter();
    try {
      tick.signal();
    } finally {
      lock.leave();
    }
  }

  @Override
  public void runnable(Vcpu vcpu) {
    if (vcpu.held()) {
      return; // the pCPU that lets go of it looks for work then
    }
    if (places.get(vcpu.unit().home()).call()) {
      awaitedUntil = clock.now() + COMING_NS;
      vcpu.unit().awaited(awaitedUntil);
      return;
    }
    for (RestingPlace place : places) {
      if (place.call()) {
        return;
      }
    }
    Pcpu least = null;
    for (Pcpu pcpu : pcpus) {
      Vcpu running = pcpu.running();
      if (running != null
          && machine.scheduler().precedes(vcpu, running)
          && (least == null || machine.scheduler().precedes(least.running(), running))) {
        least = pcpu;
      }
    }
    if (least != null) {
      least.preempt();
    }
  }

  @Override
  public void preempt(Vcpu vcpu) {
    for (Pcpu pcpu : pcpus) {
      if (pcpu.running() == vcpu) {
        pcpu.preempt();
      }
    }
  }

  @Override
  public void preemptAll() {
    pcpus.forEach(Pcpu::preempt);
  }

  /** Whoever rests waits anew; else the pCPU that this comes from does. */
  @Override
  public void timersChanged() {
    for (RestingPlace place : places) {
      if (place.taken()) {
        place.callBefore(machine.timers().next() - clock.now());
        return;
      }
    }
    for (Pcpu pcpu : pcpus) {
      if (pcpu.running() != null && !pcpu.running().loose()) {
        pcpu.kick();
      }
    }
  }

  @Override
  public void letIn(Runnable before) {
    lock.letIn(before);
  }

  @Override
  public Platform around(Vcpu vcpu, Platform platform) {
    return new LockedPlatform(platform, vcpu, lock);
  }
}
