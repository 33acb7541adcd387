package ringside.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import ringside.cli.UserError;
import ringside.cli.run.Interrupt;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunOutput;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.SystemReader;
import ringside.cpu.Engine;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.trace.Tracer;

/** Descriptions that benchmarks carry in themselves, and their runs. */
final class BenchSystem {
  private BenchSystem() {}

  /** A description whose kernels lie in images/build/. */
  static SystemDescription of(String name, String toml) {
    Path images = Path.of(System.getProperty("ringside.home", ".")).resolve("images/build");
    try {
      return SystemReader.read("benchmark " + name, toml, images, "bench", List.of());
    } catch (DescriptionException e) {
      throw new UserError(e.getMessage(), "build the guests with: tools/ringside dev guests");
    }
  }

  /** Runs it to its end, which must be a good one. */
  static void run(SystemDescription system, Engine engine, Tracer tracer, RunOutput output) {
    run(system, engine, tracer, output, new PcpuThreads(1), new Onlooker() {});
  }

  /** Somebody who looks at the machine. */
  interface Onlooker {
    /** It is about to run. */
    default void starts(Machine machine) {}

    /** Has seen enough and interrupted it: guests that still run are no failure. */
    default boolean stopped() {
      return false;
    }
  }

  /** The same on several pCPUs, with an onlooker. */
  static void run(
      SystemDescription system,
      Engine engine,
      Tracer tracer,
      RunOutput output,
      PcpuThreads threads,
      Onlooker onlooker) {
    try (Interrupt interrupt = new Interrupt()) {
      RunHooks hooks =
          new RunHooks() {
            @Override
            public int pcpus() {
              return threads.count();
            }

            @Override
            public ThreadFactory threads() {
              return threads;
            }

            @Override
            public void starts(Machine machine) {
              interrupt.starts(machine);
              onlooker.starts(machine);
            }
          };
      RunResult result = SystemRun.run(system, engine, tracer, output, hooks);
      if (!result.well() && !onlooker.stopped()) {
        throw new IllegalStateException(
            "a benchmark's guests did not end well: " + result.end() + " " + result.domains());
      }
    } catch (ImageException e) {
      throw new UserError(e.getMessage());
    }
  }
}
