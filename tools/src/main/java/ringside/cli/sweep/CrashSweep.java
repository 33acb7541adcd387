package ringside.cli.sweep;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import ringside.cli.Engines;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunOutput;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.device.disk.Disk;
import ringside.device.disk.DiskOp;
import ringside.device.disk.RecordingDisk;
import ringside.domain.Domain;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.domain.Resources;
import ringside.fault.Fault;
import ringside.fault.FaultKind;
import ringside.fault.FaultTime;
import ringside.trace.Tracer;

/**
 * Runs a system once in peace, and then once for each point at which one of its domains is killed;
 * what the others see must be the same, and so must be what happens to each block of the disks when
 * it is a server that is killed.
 *
 * <p>A run is over when all but the one that is killed have stopped: servers serve for ever.
 *
 * <p>Each run has a machine and an engine of its own, so that they can go on side by side; what a
 * run does depends on its point alone.
 */
public final class CrashSweep {
  private static final RunOutput SILENT = (domid, domain, line) -> {};
  private static final long GRACE_NS = 5_000_000_000L;

  private final SystemDescription system;
  private final DomainDescription victim;
  private final String engine;
  private final String boot;
  private final Steps steps;
  private final Observed calm;
  private final List<CrashPoint> points = new ArrayList<>();

  /**
   * A point at which something went wrong.
   *
   * @param command that shows it again
   */
  public record Failure(String command, ImmutableList<String> problems) {}

  /**
   * Runs the system without kills.
   *
   * @param boot command that boots it
   * @throws ImageException when it cannot be built
   */
  public CrashSweep(SystemDescription system, DomainDescription victim, String engine, String boot)
      throws ImageException {
    this.system = system;
    this.victim = victim;
    this.engine = engine;
    this.boot = boot;
    this.steps = new Steps(victim.name(), victim.domid());
    this.calm = observe(new CrashPoint(ImmutableList.of()), steps, steps.tracer(), 0);
  }

  /** Whether, without kills, all but the one that is going to be killed end well. */
  public boolean endsWell() {
    return calm.run().domains().stream()
        .allMatch(d -> d.well() || d.domain().name().equals(victim.name()));
  }

  /** Steps of the domain at which it can be killed. */
  public int steps() {
    return steps.ofFirstLife().size();
  }

  /**
   * Chooses the points, before {@link #run}. What a recovery consists of is found out by runs.
   *
   * @return how many there are
   */
  public int plan(CrashPlan plan) throws ImageException {
    points.clear();
    List<FaultTime> single = steps.ofFirstLife();
    int wanted = Math.min(plan.points(), single.size());
    for (long i = 0; i < wanted; i++) {
      points.add(once(plan.kind(), single.get((int) (i * single.size() / wanted))));
    }
    addTwice(plan, new SplittableRandom(plan.seed()));
    long end = calm.run().virtualNs();
    for (long i = 1; i <= plan.times(); i++) {
      points.add(once(plan.kind(), new FaultTime.At(end / plan.times() * i)));
    }
    return points.size();
  }

  private static CrashPoint once(FaultKind kind, FaultTime time) {
    return new CrashPoint(ImmutableList.of(new Fault(kind, time)));
  }

  private void addTwice(CrashPlan plan, SplittableRandom random) throws ImageException {
    List<FaultTime> single = steps.ofFirstLife();
    int left = plan.twice();
    for (int tries = 0; left > 0 && tries < single.size(); tries++) {
      CrashPoint first = once(plan.kind(), single.get(random.nextInt(single.size())));
      Steps recovery = new Steps(victim.name(), victim.domid());
      observe(first, recovery, recovery.tracer(), limit());
      for (FaultTime time : recovery.ofRecovery().stream().limit(left).toList()) {
        Fault second = new Fault(plan.kind(), time);
        points.add(new CrashPoint(ImmutableList.of(first.faults().getFirst(), second)));
        left--;
      }
    }
  }

  /**
   * Tries all points of the plan.
   *
   * @param done hears how many runs are over, on any thread
   */
  public List<Failure> run(int threads, IntConsumer done)
      throws InterruptedException, ImageException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<String>>> runs = new ArrayList<>();
      for (CrashPoint point : points) {
        runs.add(
            executor.submit(
                () -> {
                  List<String> problems = problems(point);
                  done.accept(1);
                  return problems;
                }));
      }
      List<Failure> failures = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        List<String> problems = runs.get(i).get();
        if (!problems.isEmpty()) {
          failures.add(new Failure(command(points.get(i)), ImmutableList.copyOf(problems)));
        }
      }
      return failures;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImageException image) {
        throw image;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private String command(CrashPoint point) {
    return boot + " " + point.options(victim.name());
  }

  private List<String> problems(CrashPoint point) throws ImageException {
    return calm.differences(observe(point, null, Tracer.OFF, limit()), victim);
  }

  private long limit() {
    return calm.run().virtualNs() * 3 + GRACE_NS;
  }

  /**
   * @param listener null for none
   * @param limit of virtual time, 0 for the description's
   */
  private Observed observe(CrashPoint point, Steps listener, Tracer tracer, long limit)
      throws ImageException {
    SortedMap<String, Resources> resources = new TreeMap<>();
    SortedMap<String, DiskState> disks = new TreeMap<>();
    SortedMap<String, List<DiskOp>> logs = new TreeMap<>();
    int[] frames = new int[1];
    RunHooks hooks =
        new RunHooks() {
          @Override
          public ImmutableListMultimap<String, Fault> faults(SystemDescription described) {
            return ImmutableListMultimap.<String, Fault>builder()
                .putAll(victim.name(), point.faults())
                .build();
          }

          @Override
          public void built(Machine machine) {
            if (listener != null) {
              listener.listen(machine);
            }
          }

          @Override
          public void starts(Machine machine) {
            if (limit > 0) {
              machine.timers().at(limit, machine::interrupt);
            }
          }

          @Override
          public void stopped(Domain domain) {
            resources.put(domain.name(), Resources.of(domain));
            Machine machine = domain.machine();
            boolean over =
                machine.domains().stream()
                    .noneMatch(d -> d.running() && !d.name().equals(victim.name()));
            if (over && system.domains().size() > 1) {
              machine.interrupt();
            }
          }

          @Override
          public void ended(Machine machine) {
            frames[0] = machine.memory().framesInUse();
          }

          @Override
          public Disk plug(int device, int nsid, Disk disk) {
            RecordingDisk recording = new RecordingDisk(disk);
            logs.put(name(device, nsid), recording.log());
            return recording;
          }

          @Override
          public void disk(int device, int nsid, Disk disk) throws IOException {
            disks.put(name(device, nsid), DiskState.of(disk));
          }
        };
    try (Engine itsOwn = Engines.create(engine)) {
      RunResult run = SystemRun.run(system, itsOwn, tracer, SILENT, hooks);
      return Observed.of(run, disks, logs, resources, frames[0]);
    }
  }

  private static String name(int device, int nsid) {
    return "device " + device + ", namespace " + nsid;
  }
}
