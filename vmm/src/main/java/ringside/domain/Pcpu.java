package ringside.domain;

import ringside.cpu.Exit;
import ringside.cpu.GuestException;
import ringside.cpu.Register;
import ringside.hypercall.Hypercall;
import ringside.sched.Scheduler.Decision;
import ringside.time.Clock;
import ringside.trace.EvtchnEvent;
import ringside.trace.IrqEvent;
import ringside.trace.SchedEvent;

/**
 * A physical CPU: runs a vCPU for its slice, handles the exits, delivers what is pending.
 *
 * <p>Invariant: no vCPU runs past the next timer by more than the engine's overrun; with several
 * pCPUs, whose time is the host's, past the next tick of {@link ParallelPcpus}.
 */
public final class Pcpu {
  /** Why {@link Machine#run} came back. */
  public enum End {
    /** No domain is running any more. */
    ALL_STOPPED,
    /** Every vCPU waits for an event that nothing can send. */
    STUCK,
    /** {@link Machine#interrupt} was called. */
    INTERRUPTED,
    /** Time reached the limit. */
    TIME_LIMIT
  }

  /** What lies between the hypervisor and guest code. */
  interface Door {
    /** Nothing: nobody else is there. */
    Door OPEN =
        new Door() {
          @Override
          public void toGuest(Vcpu vcpu) {}

          @Override
          public void fromGuest(Vcpu vcpu) {}

          @Override
          public void giveWay() {}
        };

    void toGuest(Vcpu vcpu);

    void fromGuest(Vcpu vcpu);

    /** Between two parts of something long. */
    void giveWay();
  }

  private static final long RFLAGS_IF = 0x200;

  private final Machine machine;
  private final Clock clock;
  private final int id;
  private final Door door;
  private final Clock.TickSource ticksOfRun = this::ticksOfRun;
  private Vcpu running;
  private long ticksBefore;
  private long sliceEnd;
  private Vcpu last;
  private boolean preempt;
  private long executed;

  Pcpu(Machine machine, int id, Door door) {
    this.machine = machine;
    this.clock = machine.clock();
    this.id = id;
    this.door = door;
  }

  /** What it has executed, in ns of its ticks; without what is under way in guest code. */
  long executedNs() {
    return clock.toNs(executed);
  }

  /** Null between slices. */
  Vcpu running() {
    return running;
  }

  /** Runs whom the scheduler has picked, for its slice or until a time. */
  void run(Decision decision, long untilNs) {
    turnTo(decision);
    runSlice(decision.vcpu(), Math.min(clock.now() + decision.sliceNs(), untilNs));
  }

  private void turnTo(Decision decision) {
    Vcpu vcpu = decision.vcpu();
    if (vcpu != last) {
      if (machine.tracer().on(SchedEvent.SWITCH)) {
        int fromDomain = last == null ? -1 : last.domain().id();
        int fromVcpu = last == null ? -1 : last.id();
        vcpu.domain()
            .emit(
                0, vcpu.id(), new SchedEvent.Switch(id, fromDomain, fromVcpu, decision.sliceNs()));
      }
      if (machine.tracer().on(SchedEvent.DECISION)) {
        vcpu.domain()
            .emit(0, vcpu.id(), new SchedEvent.Decision(decision.why(), decision.credit()));
      }
      last = vcpu;
    }
  }

  /** Runs one vCPU until its slice ends, it stops, or somebody should run before it. */
  private void runSlice(Vcpu vcpu, long until) {
    long begin = clock.now();
    running = vcpu;
    sliceEnd = until;
    vcpu.held(true);
    vcpu.unit().home(id);
    vcpu.running(true);
    preempt = false;
    while (vcpu.runState() == RunState.RUNNING && !preempt) {
      long now = clock.now();
      if (now >= Math.min(until, machine.timers().next())) {
        break;
      }
      if (vcpu.continuation() != null) {
        resume(vcpu);
        continue;
      }
      boolean waiting = deliverPending(vcpu);
      if (vcpu.runState() != RunState.RUNNING) {
        break;
      }
      vcpu.cpu().interruptWindow(waiting);
      long span = Math.min(until, machine.timers().next()) - now;
      long ticks = Math.min(clock.ticksFor(span), machine.faults().ticksLeft(vcpu.domain()));
      enter(vcpu, ticks);
    }
    running = null;
    vcpu.held(false);
    vcpu.running(false);
    machine.scheduler().charge(vcpu, clock.now() - begin);
    watch(vcpu);
  }

  /** A part of a long hypercall; each costs virtual time, as it would on hardware. */
  private void resume(Vcpu vcpu) {
    clock.idleUntil(clock.now() + Continuation.STEP_NS);
    executed += clock.ticksFor(Continuation.STEP_NS);
    long result = vcpu.continuation().resume();
    if (result != Hypercall.UNFINISHED) {
      vcpu.continuation(null);
      machine.hypercalls().finish(vcpu, vcpu.hypercallNumber(), result);
    }
    door.giveWay();
  }

  private void enter(Vcpu vcpu, long budget) {
    ticksBefore = vcpu.cpu().ticks();
    clock.runBegins(ticksOfRun);
    Exit exit;
    door.toGuest(vcpu);
    try {
      exit = vcpu.cpu().run(budget);
    } finally {
      door.fromGuest(vcpu);
      clock.runEnds();
    }
    long ticks = ticksOfRun();
    executed += ticks;
    handle(vcpu, exit);
    vcpu.boundary();
    machine.faults().executed(vcpu, ticks);
  }

  /** What the running vCPU has executed since it was entered. */
  private long ticksOfRun() {
    return running.cpu().ticks() - ticksBefore;
  }

  private void handle(Vcpu vcpu, Exit exit) {
    switch (exit) {
      case Exit.BudgetSpent b -> {}
      case Exit.Requested r -> {}
      case Exit.Halted h -> halted(vcpu);
      case Exit.TripleFault(var first, String why) ->
          vcpu.domain().crash(vcpu, ShutdownReason.REBOOT, "triple fault: " + first + "; " + why);
      case Exit.EngineFailure(String why) ->
          vcpu.domain().crash(vcpu, ShutdownReason.CRASH, "the CPU engine gave up: " + why);
    }
  }

  /** HLT: waits for an interrupt. With interrupts off it waits for ever, and Xen takes it down. */
  private void halted(Vcpu vcpu) {
    if ((vcpu.cpu().get(Register.RFLAGS) & RFLAGS_IF) != 0) {
      if (pendingVector(vcpu) == 0) {
        vcpu.halted();
      }
      return;
    }
    vcpu.down();
    if (vcpu.domain().vcpus().stream().noneMatch(Vcpu::isUp)) {
      vcpu.domain().shutdown(ShutdownReason.POWEROFF, vcpu, 0);
    }
  }

  /** Vector of the interrupt to deliver next, or 0. */
  private int pendingVector(Vcpu vcpu) {
    if (vcpu.info().upcallPending() && vcpu.upcallVector() != 0 && !vcpu.upcallThroughLapic()) {
      return vcpu.upcallVector();
    }
    return vcpu.domain().board().lapic(vcpu).pendingVector();
  }

  /** Delivers one interrupt if there is one; true when it has to wait for the guest. */
  private boolean deliverPending(Vcpu vcpu) {
    if (vcpu.takeNmi()) {
      vcpu.cpu().interrupt(GuestException.NMI).ifPresent(exit -> handle(vcpu, exit));
    }
    int vector = pendingVector(vcpu);
    if (vector == 0) {
      return false;
    }
    if (!vcpu.cpu().interruptible()) {
      return true;
    }
    boolean upcall = vector == vcpu.upcallVector();
    if (!upcall || vcpu.upcallThroughLapic()) {
      vcpu.domain().board().lapic(vcpu).accept(vector);
    }
    if (upcall && machine.tracer().on(EvtchnEvent.UPCALL)) {
      EvtchnEvent event = new EvtchnEvent.Upcall(vector, vcpu.upcallPort());
      long cause = vcpu.upcallCause();
      vcpu.interruptCause(cause, vcpu.domain().emit(cause, vcpu.id(), event));
    } else if (!upcall && machine.tracer().on(IrqEvent.INJECT)) {
      long cause = vcpu.domain().board().lapic(vcpu).cause(vector);
      IrqEvent event = new IrqEvent.Inject(vector, "lapic");
      vcpu.interruptCause(cause, vcpu.domain().emit(cause, vcpu.id(), event));
    }
    vcpu.cpu().interrupt(vector).ifPresent(exit -> handle(vcpu, exit));
    return false;
  }

  /** A guest that spins with interrupts off and makes no hypercall. */
  private void watch(Vcpu vcpu) {
    long limit = vcpu.domain().config().watchdogNs();
    if (limit == 0 || !vcpu.domain().running() || !vcpu.isUp()) {
      return;
    }
    boolean interruptsOff = (vcpu.cpu().get(Register.RFLAGS) & RFLAGS_IF) == 0;
    if (vcpu.spunFor(interruptsOff) > limit) {
      vcpu.domain()
          .crash(
              vcpu,
              ShutdownReason.WATCHDOG,
              "vCPU %d ran %d ms with interrupts disabled and made no hypercall"
                  .formatted(vcpu.id(), limit / 1_000_000));
    }
  }

  // Called while a vCPU runs

  /** Lets the running vCPU come out; what it is to do is looked at anew. */
  void kick() {
    if (running != null) {
      running.cpu().requestExit();
    }
  }

  /** Ends the running slice at the next instruction boundary. */
  void preempt() {
    preempt = true;
    kick();
  }

  /** The slice is over, and the guest code has yet to come out; when it should, tells it again. */
  void tick() {
    boolean over = preempt || clock.now() >= sliceEnd;
    if (running != null && (over || running.runState() != RunState.RUNNING)) {
      preempt();
    }
  }
}
