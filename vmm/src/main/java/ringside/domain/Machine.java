package ringside.domain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;
import java.util.Queue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import ringside.cpu.Engine;
import ringside.cpu.Platform;
import ringside.fault.FaultPlan;
import ringside.fault.RecoveryWatch;
import ringside.hypercall.HypercallTable;
import ringside.ivmc.Channels;
import ringside.ivmc.Registry;
import ringside.memory.MachineMemory;
import ringside.probe.CommandCauses;
import ringside.probe.ProbeListener;
import ringside.probe.ProbeTracer;
import ringside.sched.CreditScheduler;
import ringside.sched.Scheduler;
import ringside.time.Clock;
import ringside.time.HostClock;
import ringside.time.Timers;
import ringside.trace.DomainEvent;
import ringside.trace.SchedEvent;
import ringside.trace.Tracer;
import ringside.xenstore.XenStore;

/**
 * The whole: memory, clock, scheduler, store, and the domains by id.
 *
 * <p>Invariant: everything that could differ between two runs is injected here (engine, tracer) or
 * derived from virtual time; maps are sorted, and nothing is random. The same images and
 * configuration give the same run.
 */
public final class Machine implements AutoCloseable {
  /** Wall clock at virtual time 0: 2025-10-13 00:00 UTC, so that runs do not depend on the day. */
  private static final long WALL_CLOCK_START = 1_760_313_600L * 1_000_000_000L;

  private final Engine engine;
  private final MachineMemory memory;
  private final Clock clock;
  private final Timers timers = new Timers();
  private final Scheduler scheduler;
  private final Tracer tracer;
  private final MachineListener listener;
  private final HypercallTable hypercalls;
  private final XenStore store = new XenStore();
  private final Registry registry = new Registry();
  private final SortedMap<Integer, Domain> domains = new TreeMap<>();
  private final SortedMap<Integer, Integer> restarts = new TreeMap<>();
  private final RestartLimit restartLimit = new RestartLimit();
  private final Queue<Runnable> visitors = new ConcurrentLinkedQueue<>();
  private final Pcpus pcpus;
  private final Deque<Domain> stopped = new ArrayDeque<>();
  private FaultPlan faults = new FaultPlan(ImmutableListMultimap.of());
  private RecoveryWatch recoveries = RecoveryWatch.NONE;
  private final SortedSet<Integer> killed = new TreeSet<>();
  private ImmutableList<ProbeListener> probeListeners = ImmutableList.of();
  private final CommandCauses commandCauses = new CommandCauses();
  private int nextId = 1;

  /**
   * @param memoryBytes size of the machine; touched frames only cost the host memory
   */
  public Machine(Engine engine, long memoryBytes, Tracer tracer, MachineListener listener) {
    this(engine, memoryBytes, tracer, listener, Parallelism.NONE);
  }

  /**
   * @param parallelism with more than one pCPU, time is the host's and no two runs are the same
   */
  public Machine(
      Engine engine,
      long memoryBytes,
      Tracer tracer,
      MachineListener listener,
      Parallelism parallelism) {
    if (parallelism.pcpus() > engine.maximumPcpus()) {
      throw new IllegalArgumentException(
          parallelism.pcpus() + " pCPUs with an engine that runs " + engine.maximumPcpus());
    }
    this.engine = engine;
    this.memory = new MachineMemory(memoryBytes);
    this.clock =
        parallelism.pcpus() == 1
            ? new Clock(engine.ticksPerMicrosecond())
            : new HostClock(engine.ticksPerMicrosecond(), parallelism.hostNs());
    this.scheduler = new CreditScheduler(parallelism.pcpus());
    this.tracer = tracer;
    this.listener = listener;
    this.hypercalls = new HypercallTable(this);
    this.pcpus = Pcpus.of(this, parallelism);
    if (tracer != Tracer.OFF) {
      listenToProbes(new ProbeTracer(tracer, commandCauses));
    }
  }

  public Engine engine() {
    return engine;
  }

  /** Threads of the host that run vCPUs at once. With more than one, time is the host's. */
  public int pcpus() {
    return pcpus.count();
  }

  public MachineMemory memory() {
    return memory;
  }

  public Clock clock() {
    return clock;
  }

  public Timers timers() {
    return timers;
  }

  public Tracer tracer() {
    return tracer;
  }

  public MachineListener listener() {
    return listener;
  }

  public HypercallTable hypercalls() {
    return hypercalls;
  }

  public XenStore store() {
    return store;
  }

  /** Of the services between domains. */
  public Registry registry() {
    return registry;
  }

  /** What the trace says NVMe commands follow from. */
  public CommandCauses commandCauses() {
    return commandCauses;
  }

  /** Lets somebody hear of the probes of all domains that are built from here on. */
  public void listenToProbes(ProbeListener probeListener) {
    probeListeners =
        ImmutableList.<ProbeListener>builder().addAll(probeListeners).add(probeListener).build();
  }

  public ImmutableList<ProbeListener> probeListeners() {
    return probeListeners;
  }

  /** The faults that are to happen; before there are domains. See {@link FaultPlan#joins}. */
  public void inject(FaultPlan plan) {
    faults = plan;
  }

  FaultPlan faults() {
    return faults;
  }

  /** Lets somebody follow recoveries; before there are domains. */
  public void watchRecoveries(RecoveryWatch watch) {
    recoveries = watch;
    listenToProbes(watch);
  }

  public RecoveryWatch recoveries() {
    return recoveries;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Wall clock at virtual time 0, in nanoseconds since 1970, UTC. */
  public long wallClockStart() {
    return WALL_CLOCK_START;
  }

  public Collection<Domain> domains() {
    return Collections.unmodifiableCollection(domains.values());
  }

  /** Null when there is no such domain. */
  public Domain domain(int id) {
    return domains.get(id);
  }

  /** Builds a domain under the next free domid. It runs from {@link #start} on. */
  public Domain create(DomainConfig config) throws ImageException {
    int id = nextId++;
    if (tracer.on(DomainEvent.CREATE)) {
      DomainEvent event =
          new DomainEvent.Create(
              config.name(), config.kernel().name(), config.memoryMib(), config.vcpus());
      tracer.emit(clock().now(), id, -1, 0, event);
    }
    Domain domain = new DomainBuilder(this).build(id, config);
    domains.put(id, domain);
    faults.created(domain);
    listener.domainCreated(domain);
    return domain;
  }

  /** Lets a domain's first vCPU run. */
  public void start(Domain domain) {
    domain.vcpu(0).up(0);
  }

  /** Runs until every domain has stopped, or nothing can happen any more, or time is up. */
  public Pcpu.End run(long untilNs) {
    return pcpus.run(untilNs);
  }

  /** Lets somebody wait for input while no vCPU can run; before {@link #run}. */
  public void whenIdle(IdleWait wait) {
    pcpus.idleWait(wait);
  }

  /**
   * Lets something be done on the machine's thread before its next decision. Other threads may call
   * this. What is done there is not part of what a seed determines.
   */
  public void atNextDecision(Runnable action) {
    visitors.add(action);
    pcpus.visitor();
  }

  /** The same, and no guest executes another block of code before. On the machine's thread. */
  public void beforeNextBlock(Runnable action) {
    visitors.add(action);
    pcpus.preemptAll();
  }

  /** Begins to count the time that the machine has of its host. */
  GivenTime countGivenTime() {
    return new GivenTime(pcpus);
  }

  void letVisitorsIn() {
    for (Runnable action = visitors.poll(); action != null; action = visitors.poll()) {
      action.run();
    }
  }

  /** Ends {@link #run} soon; other threads may call this. */
  public void interrupt() {
    pcpus.interrupt();
  }

  /**
   * Crashes a domain on the spot; what follows is its on_crash, and does not count against the
   * limit of restarts. On the machine's thread, also from inside a probe or hypercall of the
   * domain, which then comes back to no guest. No effect on a domain that has stopped.
   *
   * @param why one sentence
   */
  public void kill(Domain domain, String why) {
    Vcpu first = domain.vcpu(0);
    Vcpu at =
        domain.vcpus().stream()
            .filter(v -> v.initialised() && !v.loose())
            .findFirst()
            .orElse(first);
    at.atBoundary(
        () -> {
          if (domain.running()) {
            killed.add(domain.id());
            domain.crash(at, ShutdownReason.CRASH, why);
          }
        });
  }

  // What domains and vCPUs tell

  void woken(Vcpu vcpu, String why, long cause) {
    if (tracer.on(SchedEvent.WAKE)) {
      vcpu.domain().emit(cause, vcpu.id(), new SchedEvent.Wake(why));
    }
    scheduler.wake(vcpu);
    pcpus.runnable(vcpu);
  }

  void sleep(Vcpu vcpu) {
    scheduler.sleep(vcpu);
  }

  /** SCHEDOP_yield: the others first, once. */
  public void yield(Vcpu vcpu) {
    scheduler.yield(vcpu);
    pcpus.preempt(vcpu);
  }

  /** A timer may now be due before the running slice ends. */
  public void timersChanged() {
    pcpus.timersChanged();
  }

  void stopped(Domain domain) {
    if (domain.outcome().reason() != ShutdownReason.POWEROFF) {
      recoveries.detected(domain);
    }
    stopped.add(domain);
  }

  /**
   * Between two parts of what a device does at once: other pCPUs may come in, and do anything but
   * settle its domain. No effect with one pCPU.
   *
   * @param before called before somebody comes in; ends what must not be half done then
   */
  public void letOthersIn(Runnable before) {
    pcpus.letIn(before);
  }

  /** A vCPU's surroundings as its processor is to find them. */
  Platform around(Vcpu vcpu, Platform platform) {
    return pcpus.around(vcpu, platform);
  }

  boolean anyRunning() {
    for (Domain domain : domains.values()) {
      if (domain.running()) {
        return true;
      }
    }
    return false;
  }

  /** Does what is to be done about domains that stopped, once no pCPU has a vCPU of theirs. */
  void settleStopped() {
    for (Domain domain = firstAtRest(); domain != null; domain = firstAtRest()) {
      stopped.remove(domain);
      settle(domain);
    }
  }

  private Domain firstAtRest() {
    for (Domain domain : stopped) {
      if (domain.vcpus().stream().noneMatch(Vcpu::held)) {
        return domain;
      }
    }
    return null;
  }

  boolean anyToSettle() {
    return !stopped.isEmpty();
  }

  boolean anyVisitor() {
    return !visitors.isEmpty();
  }

  /** Does what the domain's policy says about its end. */
  private void settle(Domain domain) {
    Outcome outcome = domain.outcome();
    DomainAction action = domain.config().after(outcome);
    String reason = outcome.reason().name().toLowerCase(Locale.ROOT);
    long shutdown =
        domain.emit(
            domain.endCause(), new DomainEvent.Shutdown(outcome.reason().ordinal(), reason));
    domain.vcpus().forEach(scheduler::remove);
    listener.domainStopped(domain, outcome);
    Channels.snapshot(this, shutdown);
    if (action != DomainAction.PRESERVE) {
      domains.remove(domain.id());
      domain.close();
    }
    registry.ended(domain, shutdown); // its peers find its ports closed and its mappings gone
    if (action != DomainAction.PRESERVE) {
      long destroy = domain.emit(shutdown, new DomainEvent.Destroy());
      if (action == DomainAction.RESTART) {
        restart(domain.id(), domain, destroy);
      }
    }
  }

  private void restart(int id, Domain old, long cause) {
    int count = restarts.merge(id, 1, Integer::sum);
    if (!killed.remove(id) && !restartLimit.allows(id, clock.now())) {
      old.notice(
          "restarted " + RestartLimit.MOST + " times in succession already; it stays destroyed");
      return;
    }
    listener.domainRestarts(old);
    try {
      Domain domain = new DomainBuilder(this).build(id, old.config());
      domains.put(id, domain);
      domain.emit(cause, new DomainEvent.Restart(count));
      listener.domainCreated(domain);
      start(domain);
    } catch (ImageException | OutOfMachineMemory e) {
      // Others may hold frames of its former life by their grants. It stays as it ended.
      old.notice("cannot be restarted: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    domains.values().forEach(Domain::close);
    domains.clear();
    memory.close();
    tracer.close();
  }
}
