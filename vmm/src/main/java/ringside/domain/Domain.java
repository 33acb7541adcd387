package ringside.domain;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import ringside.abi.Width;
import ringside.device.Board;
import ringside.device.PvConsole;
import ringside.event.EventChannels;
import ringside.event.Virq;
import ringside.grant.GrantTable;
import ringside.memory.GuestSpace;
import ringside.probe.ProbeWatch;
import ringside.trace.DomainEvent;
import ringside.trace.FaultEvent;
import ringside.trace.TraceEvent;
import ringside.trace.VirqEvent;
import ringside.xenstore.StoreRing;

/**
 * A guest: its memory, its vCPUs, its ends of all that connects it to others.
 *
 * <p>Invariant: from {@link DomainBuilder} on until {@link #close} all parts are there. A domain
 * that has stopped keeps them until its policy says what becomes of it, but none of its vCPUs runs.
 */
public final class Domain implements AutoCloseable {
  /** Shared info, store and console. */
  private static final int SPECIAL_PAGES = 3;

  private final Machine machine;
  private final int id;
  private final DomainConfig config;
  private final GuestSpace space;
  private final MemoryMap memoryMap;
  private final SharedInfo sharedInfo;
  private final HvmParams params = new HvmParams();
  private final EventChannels events;
  private final GrantTable grants;
  private final Board board;
  private final ProbeWatch probes;
  private final ImmutableList<Vcpu> vcpus;
  private PvConsole console;
  private StoreRing store;
  private final Watchdogs watchdogs = new Watchdogs(this);
  private ShutdownReason shutdownCode;
  private long endCause;
  private Outcome outcome;

  Domain(Machine machine, int id, DomainConfig config) {
    this.machine = machine;
    this.id = id;
    this.config = config;
    this.space = new GuestSpace(machine.memory());
    this.memoryMap = new MemoryMap(config.memoryMib(), config.maxGrantFrames());
    this.sharedInfo = new SharedInfo(machine.memory());
    this.events = new EventChannels(this, config.maxEventChannels() + 1);
    this.grants = new GrantTable(this, config.maxGrantFrames());
    this.board = new Board(this);
    this.probes = ProbeWatch.of(this, machine.probeListeners());
    ImmutableList.Builder<Vcpu> builder = ImmutableList.builder();
    for (int i = 0; i < config.vcpus(); i++) {
      builder.add(new Vcpu(this, i));
    }
    this.vcpus = builder.build();
  }

  /** The services of the control domain that every guest finds: console and store. */
  void connect(PvConsole itsConsole, StoreRing itsStore) {
    console = itsConsole;
    store = itsStore;
  }

  public Machine machine() {
    return machine;
  }

  /** domid: 1 to 0x7fef. */
  public int id() {
    return id;
  }

  public DomainConfig config() {
    return config;
  }

  public String name() {
    return config.name();
  }

  public GuestSpace space() {
    return space;
  }

  public MemoryMap memoryMap() {
    return memoryMap;
  }

  /**
   * Pages that are the domain's own: foreign ones not counted, but those too that it gave back
   * while somebody uses a grant of them.
   */
  public long populatedPages() {
    return space.mappedPages() - grants.mappings() + grants.strandedPages();
  }

  /** Most pages that it may have: its memory and the special pages that it can place. */
  public long maximumPages() {
    return ((long) config.memoryMib() << 8) + config.maxGrantFrames() + SPECIAL_PAGES;
  }

  public SharedInfo sharedInfo() {
    return sharedInfo;
  }

  public HvmParams params() {
    return params;
  }

  public EventChannels events() {
    return events;
  }

  public GrantTable grants() {
    return grants;
  }

  /** Ports and MMIO of this domain. */
  public Board board() {
    return board;
  }

  /** Those of its image that somebody watches. */
  public ProbeWatch probes() {
    return probes;
  }

  public PvConsole console() {
    return console;
  }

  public StoreRing store() {
    return store;
  }

  public ImmutableList<Vcpu> vcpus() {
    return vcpus;
  }

  public Vcpu vcpu(int index) {
    return vcpus.get(index);
  }

  /** Null for an id that the domain does not have. */
  public Vcpu vcpuOrNull(long index) {
    return index >= 0 && index < vcpus.size() ? vcpus.get((int) index) : null;
  }

  /** Latches the layout of the shared info page (Xen: at the hypercall-page MSR and similar). */
  public void latchWidth(Width width) {
    if (sharedInfo.width() != width) {
      sharedInfo.width(width);
      vcpus.forEach(vcpu -> vcpu.relayout(width));
    }
    sharedInfo.wallClock(
        machine.wallClockStart() / 1_000_000_000L,
        (int) (machine.wallClockStart() % 1_000_000_000L));
    vcpus.forEach(Vcpu::updateTime);
  }

  VcpuInfo vcpuInfoInSharedPage(int vcpu) {
    return new VcpuInfo(sharedInfo.frame(), SharedInfo.vcpuInfoOffset(vcpu), sharedInfo.width());
  }

  public void raiseVirq(Vcpu vcpu, int virq, long cause) {
    int port = vcpu.virqPort(virq);
    long id =
        machine.tracer().on(VirqEvent.RAISE)
            ? emit(cause, vcpu.id(), new VirqEvent.Raise(virq, Virq.name(virq), port))
            : cause;
    events.raiseVirq(vcpu, virq, id);
  }

  // Life

  /** Trace id of what stopped it. */
  public long endCause() {
    return endCause;
  }

  public boolean running() {
    return outcome == null;
  }

  /** Null while it runs. */
  public Outcome outcome() {
    return outcome;
  }

  /** Stops all vCPUs for good. What becomes of the rest is decided when the pCPU loop sees it. */
  public void stop(Outcome how) {
    if (outcome != null) {
      return;
    }
    outcome = how;
    vcpus.forEach(Vcpu::down);
    board.quiesce();
    machine.stopped(this);
  }

  public Watchdogs watchdogs() {
    return watchdogs;
  }

  /** SCHEDOP_shutdown_code: the reason that a later shutdown will have, whatever it says. */
  public void shutdownCode(ShutdownReason reason) {
    shutdownCode = reason;
  }

  /** Orderly end, or one that the guest calls a crash itself. */
  public void shutdown(ShutdownReason given, Vcpu by, long cause) {
    ShutdownReason reason = shutdownCode == null ? given : shutdownCode;
    console.drain();
    boolean crash = reason == ShutdownReason.CRASH;
    if (running()) {
      endCause = cause;
    }
    String detail = crash ? "the guest shut down with reason crash" : "the guest shut down";
    stop(
        new Outcome(
            reason,
            detail,
            crash ? Optional.of(CrashReport.of(by, detail)) : Optional.empty(),
            console.verdict()));
  }

  /** The guest did what cannot go on. */
  public void crash(Vcpu by, ShutdownReason reason, String detail) {
    console.drain();
    CrashReport report = CrashReport.of(by, detail);
    if (running()) {
      long fault = emit(0, by.id(), new FaultEvent.Crash(detail, report.rip()));
      endCause = emit(fault, new DomainEvent.Crash(detail));
    }
    stop(new Outcome(reason, detail, Optional.of(report), console.verdict()));
  }

  /** Something worth a line in the log. */
  public void notice(String what) {
    machine.listener().notice(this, what);
  }

  // Tracing

  public long emit(long cause, TraceEvent event) {
    return emit(cause, -1, event);
  }

  public long emit(long cause, int vcpu, TraceEvent event) {
    return machine.tracer().emit(machine.clock().now(), id, vcpu, cause, event);
  }

  @Override
  public void close() {
    watchdogs.close();
    board.quiesce();
    board.reset();
    events.closeAll();
    grants.close();
    if (store != null) {
      store.close();
    }
    if (console != null) {
      console.close();
    }
    vcpus.forEach(Vcpu::close);
    sharedInfo.close();
    space.close();
  }

  @Override
  public String toString() {
    return "domain " + id + " (" + name() + ")";
  }
}
