package ringside.domain;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayDeque;
import java.util.Deque;
import ringside.abi.Width;
import ringside.cpu.Cpu;
import ringside.cpu.GuestException;
import ringside.cpu.InitialState;
import ringside.cpu.LinearMemory;
import ringside.event.Virq;
import ringside.memory.Frame;
import ringside.memory.Gva;
import ringside.sched.SchedUnit;
import ringside.time.Timers.Timer;
import ringside.trace.SchedEvent;

/**
 * A virtual CPU of a domain: its processor, whether it may run, where its events go.
 *
 * <p>Invariant: the scheduler knows it exactly while it is RUNNING or RUNNABLE; {@link #runState}
 * changes only through the methods here, which keep the runstate times right.
 */
public final class Vcpu {
  private final Domain domain;
  private final int id;
  private final VcpuPlatform platform;
  private final RunstateClock runstate;
  private final VcpuTimers timers;
  private final SchedUnit unit = new SchedUnit(this);
  private final int[] virqPorts = new int[Virq.COUNT];
  private Cpu cpu;
  private LinearMemory memory;
  private VcpuInfo info;
  private boolean infoRegistered;
  private int upcallVector;
  private ImmutableIntArray pollPorts = ImmutableIntArray.of();
  private Timer pollTimer;
  private Continuation continuation;
  private GuestException lastException;
  private RunstateArea runstateArea;
  private TimeArea timeArea;
  private boolean nmiPending;
  private long cause;
  private int upcallPort;
  private long hypercallCause;
  private int hypercallNumber;
  private long spinStartNs;
  private long announced;
  private long interruptCause;
  private long interruptOrigin;
  private boolean held;
  private boolean loose;
  private final Deque<Runnable> atBoundary = new ArrayDeque<>();

  Vcpu(Domain domain, int id) {
    this.domain = domain;
    this.id = id;
    this.platform = new VcpuPlatform(this);
    this.runstate = new RunstateClock(domain.machine().clock().now());
    this.timers = new VcpuTimers(this);
    this.info = domain.vcpuInfoInSharedPage(id);
  }

  public Domain domain() {
    return domain;
  }

  public int id() {
    return id;
  }

  /** The processor; only after {@link #initialise}. */
  public Cpu cpu() {
    return cpu;
  }

  /** The door for the guest's linear addresses as this vCPU sees them. */
  public LinearMemory memory() {
    return memory;
  }

  public VcpuInfo info() {
    return info;
  }

  public VcpuTimers timers() {
    return timers;
  }

  /** What the scheduler knows of it. */
  public SchedUnit unit() {
    return unit;
  }

  public RunstateClock runstate() {
    return runstate;
  }

  public RunState runState() {
    return runstate.state();
  }

  // Life: VCPUOP_initialise, up, down

  public boolean initialised() {
    return cpu != null;
  }

  /** Gives the vCPU its processor and first state. It stays offline until {@link #up}. */
  public void initialise(InitialState state) {
    Machine machine = domain.machine();
    cpu = machine.engine().newCpu(domain.space(), machine.around(this, platform), state);
    memory = new LinearMemory(cpu, domain.space());
    cpu.watch(domain.probes().addresses());
  }

  public void up(long causeId) {
    if (runState() == RunState.OFFLINE && domain.running()) {
      changeState(RunState.RUNNABLE);
      updateTime();
      spinStartNs = executedNs();
      domain.machine().woken(this, "up", causeId);
    }
  }

  /** Offline: it runs no more until it is brought up again, from where it stopped. */
  public void down() {
    if (runState() != RunState.OFFLINE) {
      changeState(RunState.OFFLINE);
      domain.machine().sleep(this);
    }
    if (cpu != null) {
      cpu.requestExit();
    }
  }

  public boolean isUp() {
    return runState() != RunState.OFFLINE;
  }

  /** It is being run, or no longer: for the pCPU loop. */
  void running(boolean now) {
    if (now) {
      changeState(RunState.RUNNING);
      updateTime();
    } else if (runState() == RunState.RUNNING) {
      changeState(RunState.RUNNABLE);
    }
  }

  // On which pCPU: with one there is nobody else, and a vCPU is held, but never loose

  /** A pCPU has it, and has not yet come out of it. */
  public boolean held() {
    return held;
  }

  void held(boolean now) {
    held = now;
  }

  /** Its guest code runs on another thread this very moment: no processor of ours to touch. */
  boolean loose() {
    return loose;
  }

  void loose(boolean now) {
    loose = now;
  }

  /** Does something that touches the processor: now, or when its guest code has come out. */
  public void atBoundary(Runnable action) {
    if (loose) {
      atBoundary.add(action);
      cpu.requestExit();
    } else {
      action.run();
    }
  }

  /** Its guest code has come out. */
  void boundary() {
    for (Runnable next = atBoundary.poll(); next != null; next = atBoundary.poll()) {
      next.run();
    }
  }

  /** Waits for an event; returns at once when one is there. */
  public void block(String why) {
    if (nothingPending()) {
      sleep(why);
      cpu.requestExit();
    }
  }

  /** As {@link #block}, for HLT, which has ended its run already. */
  void halted() {
    if (nothingPending()) {
      sleep("hlt");
    }
  }

  private boolean nothingPending() {
    boolean pending = info.upcallPending() || domain.board().lapic(this).pendingVector() != 0;
    return !pending && !nmiPending && runState() != RunState.OFFLINE;
  }

  /** Something has become pending that it takes at the next boundary. */
  private boolean interrupted() {
    boolean upcall = info.upcallPending() && upcallVector() != 0 && !upcallThroughLapic();
    boolean vector = upcall || domain.board().lapic(this).pendingVector() != 0;
    return nmiPending || vector && cpu.interruptible();
  }

  private void sleep(String why) {
    if (domain.machine().tracer().on(SchedEvent.BLOCK)) {
      domain.emit(hypercallCause, id, new SchedEvent.Block(why));
    }
    changeState(RunState.BLOCKED);
    domain.machine().sleep(this);
  }

  /**
   * SCHEDOP_poll: waits until one of the ports is pending, until an interrupt comes, or until the
   * timeout. No effect on a vCPU that is offline, as one is whose multicall has just stopped it.
   *
   * @param timeout absolute system time, 0 for none
   */
  public void poll(ImmutableIntArray ports, long timeout) {
    long timeoutNs = timeout < 0 ? Long.MAX_VALUE : timeout; // unsigned: beyond 292 years
    for (int k = 0; k < ports.length(); k++) {
      if (domain.sharedInfo().pending(ports.get(k))) {
        return;
      }
    }
    long now = domain.machine().clock().now();
    if (timeoutNs != 0 && timeoutNs <= now || !isUp() || interrupted()) {
      return;
    }
    domain.machine().timers().cancel(pollTimer);
    pollTimer = null;
    pollPorts = ports;
    if (timeoutNs != 0) {
      pollTimer = domain.machine().timers().at(timeoutNs, () -> wake("poll timeout", 0));
    }
    sleep("poll");
    cpu.requestExit();
  }

  /** An event has become pending: does it end a poll of ours? */
  public void pollWake(int port) {
    if (pollPorts.contains(port)) {
      wake("poll", domain.events().cause(port));
    }
  }

  /** Makes a blocked vCPU runnable. */
  public void wake(String why, long causeId) {
    if (runState() != RunState.BLOCKED) {
      return;
    }
    pollPorts = ImmutableIntArray.of();
    domain.machine().timers().cancel(pollTimer);
    pollTimer = null;
    changeState(RunState.RUNNABLE);
    domain.machine().woken(this, why, causeId);
  }

  private void changeState(RunState to) {
    runstate.change(to, domain.machine().clock().now());
    if (runstateArea != null) {
      atBoundary(this::publishRunstate);
    }
  }

  private void publishRunstate() {
    if (runstateArea != null && !runstateArea.publish()) {
      runstateArea = null;
    }
  }

  /** VCPUOP_register_runstate_memory_area; {@link Gva#NULL} unregisters. False: not writable. */
  public boolean registerRunstate(Gva address, Width width) {
    runstateArea = address.isNull() ? null : new RunstateArea(this, address, width);
    if (loose) {
      atBoundary(this::publishRunstate);
      return true;
    }
    return runstateArea == null || runstateArea.publish();
  }

  /** VCPUOP_register_vcpu_time_memory_area; {@link Gva#NULL} unregisters. False: not writable. */
  public boolean registerTime(Gva address, Width width) {
    timeArea = address.isNull() ? null : new TimeArea(this, address, width);
    if (loose) {
      atBoundary(this::publishTime);
      return true;
    }
    return timeArea == null || timeArea.publish();
  }

  /** struct vcpu_runstate_info as VCPUOP_get_runstate_info returns it. */
  public byte[] runstateInfo(Width width) {
    return RunstateArea.snapshot(this, width);
  }

  // Events

  /** A deliverable event: marks it in vcpu_info and kicks the vCPU. */
  public void eventPending(int port, long causeId) {
    if (info.testAndSetSelector(port)) {
      return;
    }
    if (!info.testAndSetUpcallPending()) {
      cause = causeId;
      upcallPort = port;
      if (upcallThroughLapic()) {
        domain.board().lapic(this).request(upcallVector);
      }
    }
    wake("event", causeId);
    if (runState() == RunState.RUNNING) {
      cpu.requestExit();
    }
  }

  /** Its local APIC has an interrupt for it. */
  public void interruptPending(String why, long causeId) {
    wake(why, causeId);
    if (runState() == RunState.RUNNING) {
      cpu.requestExit();
    }
  }

  /** VCPUOP_send_nmi: delivered before the vCPU runs on, whatever IF says. */
  public void sendNmi() {
    nmiPending = true;
    wake("nmi", 0);
    if (runState() == RunState.RUNNING) {
      cpu.requestExit();
    }
  }

  /** Takes the NMI that waits, if one does. */
  boolean takeNmi() {
    boolean taken = nmiPending;
    nmiPending = false;
    return taken;
  }

  /** Vector by which upcalls come in, or 0 while the guest wants none. */
  int upcallVector() {
    return upcallVector != 0 ? upcallVector : domain.params().callbackVector();
  }

  /** HVMOP_set_evtchn_upcall_vector. */
  public void upcallVector(int vector) {
    upcallVector = vector;
  }

  /** True when the upcall comes as an interrupt of the local APIC, which wants an EOI. */
  boolean upcallThroughLapic() {
    return upcallVector != 0;
  }

  long upcallCause() {
    return cause;
  }

  int upcallPort() {
    return upcallPort;
  }

  /** Port bound to the VIRQ, or 0. */
  public int virqPort(int virq) {
    return virqPorts[virq];
  }

  public void virqPort(int virq, int port) {
    virqPorts[virq] = port;
  }

  /**
   * VCPUOP_register_vcpu_info: moves the structure; all events are looked at again.
   *
   * @return false when it was moved before
   */
  public boolean registerInfo(Frame frame, int offset) {
    if (infoRegistered) {
      return false;
    }
    VcpuInfo moved = new VcpuInfo(frame, offset, domain.sharedInfo().width());
    info.copyTo(moved);
    info = moved;
    infoRegistered = true;
    updateTime();
    info.setAllSelectors();
    info.testAndSetUpcallPending();
    return true;
  }

  /** The layout of the shared page changed. */
  void relayout(Width width) {
    if (!infoRegistered) {
      info = domain.vcpuInfoInSharedPage(id);
    }
  }

  /** Writes the clock into vcpu_info. */
  void updateTime() {
    info.time(domain.machine().clock().now());
    if (timeArea != null) {
      atBoundary(this::publishTime);
    }
  }

  private void publishTime() {
    if (timeArea != null && !timeArea.publish()) {
      timeArea = null;
    }
  }

  // Hypercalls

  public Continuation continuation() {
    return continuation;
  }

  /** Leaves the rest of the current hypercall for later; null when it is done. */
  public void continuation(Continuation rest) {
    continuation = rest;
    if (rest != null) {
      cpu.requestExit();
    }
  }

  /** Layout of structures that the code now running exchanges with the hypervisor. */
  public Width width() {
    return cpu.longMode() ? Width.W64 : Width.W32;
  }

  /** The guest said what it is about to do: cause of its next hypercall or device access. */
  public void announce(long traceId) {
    announced = traceId;
  }

  /** Trace id of what the guest announced, once; else 0. */
  public long takeAnnounced() {
    long id = announced;
    announced = 0;
    return id;
  }

  /** Trace id of the upcall or interrupt that came last; 0 when it was not traced. */
  public long interruptCause() {
    return interruptCause;
  }

  /** Trace id of what raised it; 0 when that was not traced. */
  public long interruptOrigin() {
    return interruptOrigin;
  }

  void interruptCause(long origin, long traceId) {
    interruptOrigin = origin;
    interruptCause = traceId;
  }

  /** Trace id of the hypercall that is, or was last, under way. */
  public long hypercallCause() {
    return hypercallCause;
  }

  /** Number of the hypercall that is, or was last, under way. */
  public int hypercallNumber() {
    return hypercallNumber;
  }

  /** A hypercall begins. */
  public void hypercallBegins(int number, long traceId) {
    hypercallNumber = number;
    hypercallCause = traceId;
    if (domain.config().watchdogNs() != 0) {
      spinStartNs = executedNs();
    }
  }

  /**
   * How long, in ns of what it executed, it has had interrupts off without a hypercall, as seen at
   * slice ends.
   */
  long spunFor(boolean interruptsOff) {
    long executed = executedNs();
    if (!interruptsOff) {
      spinStartNs = executed;
    }
    return executed - spinStartNs;
  }

  private long executedNs() {
    return domain.machine().clock().toNs(cpu.ticks());
  }

  /** What last went wrong in the guest, for a crash report; null for nothing yet. */
  GuestException lastException() {
    return lastException;
  }

  void lastException(GuestException exception) {
    lastException = exception;
  }

  /** Gives back what only the hypervisor holds. */
  void close() {
    timers.stop();
    domain.machine().timers().cancel(pollTimer);
    if (infoRegistered) {
      info.frame().close();
    }
    if (cpu != null) {
      cpu.close();
    }
  }

  @Override
  public String toString() {
    return "d" + domain.id() + "v" + id;
  }
}
