package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.domain.Domain;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.domain.Parallelism;
import ringside.domain.Pcpu;
import ringside.fault.FaultPlan;
import ringside.fault.RecoveryReport;
import ringside.fault.RecoveryWatch;
import ringside.memory.Copies;
import ringside.trace.Tracer;

/** Builds the machine that a description asks for, runs it to its end, and says how it went. */
public final class SystemRun {
  /** Room for what the hypervisor itself keeps in frames, beside the domains' RAM. */
  private static final long OWN_MIB = 16;

  private static final long OWN_MIB_PER_DOMAIN = 2;

  private SystemRun() {}

  /**
   * Runs a system. All domains are built before the first one starts.
   *
   * @param tracer closed when this returns
   * @param hooks what else is to be done
   * @throws ImageException when an image does not fit its domain
   */
  public static RunResult run(
      SystemDescription system, Engine engine, Tracer tracer, RunOutput output, RunHooks hooks)
      throws ImageException {
    Copies copies = new Copies(hooks.pcpus() > 1);
    try (SystemDevices devices = new SystemDevices(system, hooks, copies)) {
      return run(system, engine, tracer, output, hooks, devices, copies);
    }
  }

  private static RunResult run(
      SystemDescription system,
      Engine engine,
      Tracer tracer,
      RunOutput output,
      RunHooks hooks,
      SystemDevices devices,
      Copies copies)
      throws ImageException {
    RunWatcher watcher = new RunWatcher(system, output, devices, hooks);
    FaultPlan faults = new FaultPlan(hooks.faults(system));
    List<RecoveryReport> recoveries = new ArrayList<>();
    try (Machine machine =
        new Machine(
            engine, memoryBytes(system), faults.counting(tracer), watcher, pcpus(hooks, copies))) {
      hooks.built(machine);
      faults.joins(machine);
      machine.watchRecoveries(
          new RecoveryWatch(
              System::nanoTime,
              report -> {
                recoveries.add(report);
                output.recovered(report);
              }));
      Map<String, Domain> domains = new HashMap<>();
      for (DomainDescription domain : system.domains()) {
        domains.put(domain.name(), machine.create(domain.config(system.domids(), system.seed())));
      }
      system.startOrder().forEach(domain -> machine.start(domains.get(domain.name())));
      long limit = system.timeLimitNs() == 0 ? Long.MAX_VALUE : system.timeLimitNs();
      system
          .terminal()
          .map(
              d ->
                  new ConsoleInput(
                      machine, d.domid(), hooks.terminalInput(), hooks.personTypes(), output))
          .ifPresent(machine::whenIdle);
      hooks.starts(machine);
      Pcpu.End end = machine.run(limit);
      hooks.ended(machine);
      devices.show();
      long now = machine.clock().now();
      ImmutableList<DomainResult> results =
          system.domains().stream()
              .map(domain -> watcher.result(domain, now))
              .collect(ImmutableList.toImmutableList());
      return new RunResult(
          system,
          engine.name(),
          engine.version(),
          end,
          now,
          results,
          ImmutableList.copyOf(recoveries),
          faults.unreached());
    }
  }

  private static Parallelism pcpus(RunHooks hooks, Copies copies) {
    return hooks.pcpus() == 1
        ? Parallelism.NONE
        : new Parallelism(hooks.pcpus(), System::nanoTime, hooks.threads(), copies);
  }

  private static long memoryBytes(SystemDescription system) {
    long mib = OWN_MIB;
    for (DomainDescription domain : system.domains()) {
      mib += domain.memoryMib() + OWN_MIB_PER_DOMAIN;
      if (domain.restarts()) {
        mib += domain.memoryMib(); // others may hold its former life's pages by grants for a while
      }
    }
    return mib << 20;
  }
}
