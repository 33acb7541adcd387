package ringside.cli.sweep;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.domain.Vcpu;
import ringside.fault.FaultTime;
import ringside.probe.ProbeListener;
import ringside.probe.ProbeSite;
import ringside.trace.EventTypes;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * The steps that one domain takes in a run, in their order: its probes of rings, channels and NVMe,
 * and what its NVMe controller does. At each of them something can be made to happen.
 *
 * <p>Invariant: counts go on through the domain's lives, as those of a fault plan do.
 */
final class Steps implements ProbeListener {
  private static final List<String> PROBES =
      List.of("scq_", "ring_", "ivmc_", "file_", "nvme_", "test_");
  private static final String CONTROLLER = "nvme.";
  private static final String RECOVERED = "ivmc_recovered";

  /** A recovery is told of until so many steps after a client says that it has recovered. */
  private static final int AFTERWARDS = 40;

  private final String domain;
  private final int domid;
  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private final List<FaultTime> ofFirstLife = new ArrayList<>();
  private final List<FaultTime> ofRecovery = new ArrayList<>();
  private Machine machine;
  private Domain life;
  private int lives;
  private int left = Integer.MAX_VALUE;

  Steps(String domain, int domid) {
    this.domain = domain;
    this.domid = domid;
  }

  /** The machine has no domains yet. */
  void listen(Machine itsMachine) {
    machine = itsMachine;
    machine.listenToProbes(this);
  }

  @Override
  public boolean wants(Domain itsDomain, String probe) {
    return itsDomain.name().equals(domain)
        ? PROBES.stream().anyMatch(probe::startsWith)
        : probe.equals(RECOVERED);
  }

  @Override
  public boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments) {
    if (vcpu.domain().id() != domid) {
      left = Math.min(left, AFTERWARDS);
      return false;
    }
    int count = counts.merge(site.name(), 1, Integer::sum);
    add(new FaultTime.AtProbe(site.name(), count));
    return false;
  }

  private void add(FaultTime time) {
    Domain now = machine.domain(domid);
    if (now != life) {
      life = now;
      lives++;
    }
    if (lives == 1) {
      ofFirstLife.add(time);
    } else if (lives == 2 && left > 0) {
      ofRecovery.add(time);
      left--;
    }
  }

  /** Hears of the controller's steps. */
  Tracer tracer() {
    return new Tracer() {
      @Override
      public boolean on(String type) {
        return type.startsWith(CONTROLLER) && EventTypes.ALL.contains(type);
      }

      @Override
      public long emit(long time, int where, int vcpu, long cause, TraceEvent event) {
        if (where == domid && on(event.type()) && machine.domain(domid) != null) {
          int count = counts.merge(event.type(), 1, Integer::sum);
          add(new FaultTime.AtEvent(event.type(), count));
        }
        return cause;
      }

      @Override
      public void close() {}
    };
  }

  /** Until the domain died, or the run was over. */
  ImmutableList<FaultTime> ofFirstLife() {
    return ImmutableList.copyOf(ofFirstLife);
  }

  /** Of its second life, until a client had recovered and a little longer. */
  ImmutableList<FaultTime> ofRecovery() {
    return ImmutableList.copyOf(ofRecovery);
  }
}
