package ringside.cli;

import java.util.List;
import ringside.cli.run.Interrupt;
import ringside.cli.run.RunHooks;
import ringside.cli.run.SystemRun;
import ringside.cpu.jvm.JvmEngine;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.trace.Tracer;

/** A system, run to its end on our own engine, for the sake of what the engine does meanwhile. */
final class EngineRun {
  private EngineRun() {}

  static void of(Ringside ringside, String system, JvmEngine engine, int pcpus) {
    try (Interrupt interrupt = new Interrupt()) {
      SystemRun.run(
          Descriptions.read(system, List.of()),
          engine,
          Tracer.OFF,
          (domid, domain, line) -> ringside.progress(domain + " | " + line),
          new RunHooks() {
            @Override
            public void starts(Machine machine) {
              interrupt.starts(machine);
            }

            @Override
            public int pcpus() {
              return pcpus;
            }
          });
    } catch (ImageException e) {
      throw new UserError(e.getMessage(), "");
    }
  }
}
