package ringside.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ringside.cli.Engines;
import ringside.cli.UserError;
import ringside.cpu.Engine;

/**
 * The same machine code on every engine, with the guest's memory mapped one to one and in no order,
 * on QEMU's TCG, and natively: they take turns with each kernel, so that what else the host does
 * hits all alike. Then how long the engine that was asked for takes to warm up, and what calls,
 * events and boots cost on each.
 */
final class CpuSpeed implements Benchmark {
  static final String NAME = "cpu";

  /** Those that run code by themselves; lockstep is two of them, and as slow as it has to be. */
  private static final List<String> ENGINES = List.of("jvm", "unicorn");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Sample> run(Engine given, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    Map<String, Engine> engines = new LinkedHashMap<>();
    try {
      for (String name : ENGINES) {
        measurable(samples, name, () -> Engines.create(name)).ifPresent(e -> engines.put(name, e));
      }
      List<KernelRunner.Kernel> all = EngineKernels.list(given);
      samples.addAll(kernels(engines, all, quick));
      samples.addAll(CpuWarmUp.run(given.name(), all, quick));
      samples.addAll(CpuCalls.run(engines, quick));
    } finally {
      engines.values().forEach(Engine::close);
    }
    return samples;
  }

  private static List<Sample> kernels(
      Map<String, Engine> engines, List<KernelRunner.Kernel> kernels, boolean quick) {
    List<Sample> samples = new ArrayList<>();
    Optional<KernelRunner> natively =
        measurable(samples, KernelRace.NATIVE, ProcessKernels::natively);
    List<KernelRunner> runners = new ArrayList<>();
    natively.ifPresent(runners::add);
    engines.forEach(
        (name, engine) -> {
          runners.add(new EngineKernels(name, engine, false));
          runners.add(new EngineKernels(name + " paged", engine, true));
        });
    measurable(samples, KernelRace.QEMU, ProcessKernels::qemu).ifPresent(runners::add);
    KernelRace race = new KernelRace(runners, quick);
    kernels.forEach(race::run);
    samples.addAll(race.samples());
    return samples;
  }

  /** What can be measured, or a row that says why not. */
  private static <T> Optional<T> measurable(
      List<Sample> samples, String name, Supplier<? extends T> made) {
    try {
      return Optional.of(made.get());
    } catch (UserError e) {
      samples.add(Sample.none(NAME + ", " + name, "", e.getMessage()));
      return Optional.empty();
    }
  }
}
