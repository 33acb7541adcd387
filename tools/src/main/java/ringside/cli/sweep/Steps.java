package ringside.cli.sweep;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.fault.Fault;
import ringside.fault.FaultKind;
import ringside.fault.FaultTime;
import ringside.probe.ProbeListener;
import ringside.probe.ProbeSite;
import ringside.trace.EventTypes;
import ringside.trace.TraceEvent;
import ringside.trace.Tracer;

/**
 * The steps that one domain takes in a run without faults, in their order: its probes of rings,
 * channels and NVMe, and what its NVMe controller does. At each of them it can be killed.
 */
final class Steps implements ProbeListener {
  private static final List<String> PROBES = List.of("scq_", "ring_", "ivmc_", "nvme_", "test_");
  private static final String CONTROLLER = "nvme.";

  /** A second kill comes at most so many hits of its probe after the first one. */
  private static final int SOON = 60;

  private final String domain;
  private final int domid;
  private final List<Fault> kills = new ArrayList<>();
  private final SortedMap<String, Integer> counts = new TreeMap<>();

  /** For each step, how often the probe of the same name had been hit with it; 0 for an event. */
  private final List<String> names = new ArrayList<>();

  Steps(String domain, int domid) {
    this.domain = domain;
    this.domid = domid;
  }

  @Override
  public boolean wants(Domain itsDomain, String probe) {
    return itsDomain.name().equals(domain) && PROBES.stream().anyMatch(probe::startsWith);
  }

  @Override
  public boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments) {
    int count = counts.merge(site.name(), 1, Integer::sum);
    add(site.name(), new FaultTime.AtProbe(site.name(), count));
    return false;
  }

  private void add(String name, FaultTime time) {
    kills.add(new Fault(FaultKind.KILL, time));
    names.add(name);
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
        if (where == domid && on(event.type())) {
          int count = counts.merge(event.type(), 1, Integer::sum);
          add(event.type(), new FaultTime.AtEvent(event.type(), count));
        }
        return cause;
      }

      @Override
      public void close() {}
    };
  }

  int count() {
    return kills.size();
  }

  /** Evenly spread over the run; all when there are not more. */
  ImmutableList<CrashPoint> single(int most) {
    ImmutableList.Builder<CrashPoint> points = ImmutableList.builder();
    int wanted = Math.min(most, kills.size());
    for (int i = 0; i < wanted; i++) {
      int step = (int) ((long) i * kills.size() / wanted);
      points.add(new CrashPoint(ImmutableList.of(kills.get(step))));
    }
    return points.build();
  }

  /** A kill anywhere, and another soon after it, which mostly meets the recovery. */
  ImmutableList<CrashPoint> twice(int wanted, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ImmutableList.Builder<CrashPoint> points = ImmutableList.builder();
    for (int i = 0; i < wanted && !kills.isEmpty(); i++) {
      int first = random.nextInt(kills.size());
      String again = names.get(random.nextInt(names.size()));
      long before = names.subList(0, first + 1).stream().filter(again::equals).count();
      long count = before + 1 + random.nextInt(SOON);
      FaultTime second =
          EventTypes.ALL.contains(again)
              ? new FaultTime.AtEvent(again, count)
              : new FaultTime.AtProbe(again, count);
      points.add(
          new CrashPoint(ImmutableList.of(kills.get(first), new Fault(FaultKind.KILL, second))));
    }
    return points.build();
  }
}
