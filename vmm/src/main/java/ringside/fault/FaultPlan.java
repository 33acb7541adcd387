package ringside.fault;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import ringside.cpu.Register;
import ringside.domain.Domain;
import ringside.domain.ElfImage;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.domain.Vcpu;
import ringside.probe.ProbeListener;
import ringside.probe.ProbeSite;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * The faults of a machine's domains, and when each has had its time.
 *
 * <p>Invariant: a fault happens once, through all restarts, unless it is {@link FaultTime.Every};
 * counts go on through restarts too. A plan serves one machine. Until its first fault happens, a
 * run is the same as without it.
 */
public final class FaultPlan implements ProbeListener {
  /** With this begins what is said of a domain that a plan killed. */
  public static final String KILLED = "killed by the fault plan, ";

  private final List<Armed> faults = new ArrayList<>();
  private Machine machine;

  /** A fault, and how much of its count has gone by. */
  private static final class Armed {
    private final String domain;
    private final Fault fault;
    private long count;
    private boolean done;
    private boolean happened;

    private Armed(String domain, Fault fault) {
      this.domain = domain;
      this.fault = fault;
    }

    private boolean waitsIn(Domain itsDomain) {
      return !done && domain.equals(itsDomain.name());
    }
  }

  /**
   * @param byDomain faults by the domain's name
   */
  public FaultPlan(ImmutableListMultimap<String, Fault> byDomain) {
    byDomain.forEach((domain, fault) -> faults.add(new Armed(domain, fault)));
  }

  /** The tracer that the machine must have, so that events are counted. */
  public Tracer counting(Tracer tracer) {
    return faults.stream().anyMatch(f -> f.fault.time() instanceof FaultTime.AtEvent)
        ? new CountingTracer(tracer)
        : tracer;
  }

  /** Before the machine has domains. */
  public void joins(Machine itsMachine) {
    machine = itsMachine;
    machine.inject(this);
    machine.listenToProbes(this);
  }

  /**
   * A domain was built for the first time.
   *
   * @throws ImageException when its image lacks what a fault of its needs
   */
  public void created(Domain domain) throws ImageException {
    for (Armed armed : faults) {
      if (armed.domain.equals(domain.name())) {
        check(armed.fault, domain.config().kernel());
        switch (armed.fault.time()) {
          case FaultTime.At(long ns) -> machine.timers().at(ns, () -> timeCame(armed));
          case FaultTime.Every(long ns) -> every(armed, ns, ns);
          case FaultTime.AtProbe p -> {}
          case FaultTime.AtInstruction i -> {}
          case FaultTime.AtEvent e -> {}
        }
      }
    }
  }

  /** The faults that have not happened, as {@code DOMAIN:WHAT:WHEN}. */
  public ImmutableList<String> unreached() {
    return faults.stream()
        .filter(armed -> !armed.happened)
        .map(armed -> armed.domain + ":" + armed.fault)
        .collect(ImmutableList.toImmutableList());
  }

  private static void check(Fault fault, ElfImage image) throws ImageException {
    String symbol = fault.kind().symbol().orElse(null);
    if (symbol != null && address(image, symbol) == 0) {
      throw new ImageException(
          image.name(), "has no function " + symbol + ", which the fault " + fault + " needs");
    }
    if (fault.time() instanceof FaultTime.AtProbe(String name, long count)) {
      TreeSet<String> names = new TreeSet<>();
      image.probes().forEach(site -> names.add(site.name()));
      if (!names.contains(name)) {
        throw new ImageException(
            image.name(),
            "has no probe \""
                + name
                + "\" for the fault "
                + fault
                + (names.isEmpty() ? "; it has none" : "; it has " + String.join(", ", names)));
      }
    }
  }

  private static long address(ElfImage image, String symbol) {
    return image.symbols().stream()
        .filter(s -> s.function() && s.name().equals(symbol))
        .mapToLong(ElfImage.Symbol::address)
        .findFirst()
        .orElse(0);
  }

  private void every(Armed armed, long deadline, long period) {
    machine
        .timers()
        .at(
            deadline,
            () -> {
              Domain domain = running(armed);
              if (domain != null) {
                every(armed, deadline + period, period);
                happens(armed, domain.vcpu(0));
              }
            });
    machine.timersChanged();
  }

  private void timeCame(Armed armed) {
    Domain domain = running(armed);
    armed.done = true;
    if (domain != null) {
      happens(armed, domain.vcpu(0));
    }
  }

  private Domain running(Armed armed) {
    return machine.domains().stream()
        .filter(d -> d.name().equals(armed.domain) && d.running())
        .findFirst()
        .orElse(null);
  }

  @Override
  public boolean wants(Domain domain, String probe) {
    return faults.stream()
        .anyMatch(
            f ->
                f.waitsIn(domain)
                    && f.fault.time() instanceof FaultTime.AtProbe(String name, long count)
                    && name.equals(probe));
  }

  @Override
  public boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments) {
    for (Armed armed : faults) {
      if (armed.waitsIn(vcpu.domain())
          && armed.fault.time() instanceof FaultTime.AtProbe(String name, long count)
          && name.equals(site.name())
          && ++armed.count == count) {
        armed.done = true;
        happens(armed, vcpu);
        return true;
      }
    }
    return false;
  }

  /** Most ticks that the vCPU may run until a fault of its domain is due; at least 1. */
  public long ticksLeft(Domain domain) {
    long left = Long.MAX_VALUE;
    for (Armed armed : faults) {
      if (armed.waitsIn(domain)
          && armed.fault.time() instanceof FaultTime.AtInstruction(long ticks)) {
        left = Math.min(left, Math.max(1, ticks - armed.count));
      }
    }
    return left;
  }

  /** A vCPU has run; between two runs. */
  public void executed(Vcpu vcpu, long executed) {
    for (Armed armed : faults) {
      if (armed.waitsIn(vcpu.domain())
          && vcpu.domain().running()
          && armed.fault.time() instanceof FaultTime.AtInstruction(long ticks)) {
        armed.count += executed;
        if (armed.count >= ticks) {
          armed.done = true;
          happens(armed, vcpu);
        }
      }
    }
  }

  /** In a probe, or while no vCPU runs. */
  private void happens(Armed armed, Vcpu vcpu) {
    Fault fault = armed.fault;
    Domain domain = vcpu.domain();
    armed.happened = true;
    machine.recoveries().faultInjected(domain);
    if (fault.kind() == FaultKind.KILL) {
      machine.kill(domain, KILLED + fault);
      return;
    }
    domain.notice("fault plan: " + fault);
    String symbol = fault.kind().symbol().orElseThrow();
    vcpu.atBoundary(
        () -> {
          vcpu.cpu().set(Register.RIP, address(domain.config().kernel(), symbol));
          vcpu.wake("fault", 0);
        });
  }

  /** Counts the events that faults wait for, whether or not they are recorded. */
  private final class CountingTracer implements Tracer {
    private final Tracer inner;

    private CountingTracer(Tracer inner) {
      this.inner = inner;
    }

    @Override
    public boolean on(String type) {
      return waitedFor(type) || inner.on(type);
    }

    private boolean waitedFor(String type) {
      return faults.stream()
          .anyMatch(
              f ->
                  !f.done
                      && f.fault.time() instanceof FaultTime.AtEvent(String wanted, long count)
                      && wanted.equals(type));
    }

    @Override
    public long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
      for (Armed armed : faults) {
        if (!armed.done
            && armed.fault.time() instanceof FaultTime.AtEvent(String type, long count)
            && type.equals(event.type())
            && machine.domain(domain) != null
            && machine.domain(domain).name().equals(armed.domain)
            && ++armed.count == count) {
          armed.done = true;
          machine.beforeNextBlock(() -> timeCame(armed));
        }
      }
      return inner.emit(time, domain, vcpu, cause, event);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
