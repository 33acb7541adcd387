package ringside.cli.bench;

import java.util.List;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * The kernels in a domain. All runs share the engine, and what it remembers of code.
 *
 * @param paged the guest maps the kernels' data page by page, in no order
 */
record EngineKernels(String name, Engine engine, boolean paged) implements KernelRunner {
  private static final String TOML =
      """
      [[domain]]
      name = "kernels"
      kernel = "bench-cpu.elf"
      memory = 8
      cmdline = "%s"
      [[device]]
      type = "debugcon"
      domain = "kernels"
      [[device]]
      type = "debug-exit"
      domain = "kernels"
      port = 0x501
      """;

  /** What the guest understands. */
  static String cmdline(Order order) {
    return "kernel=%s rounds=%d slices=%d check=%d"
        .formatted(order.kernel().name(), order.rounds(), order.slices(), order.check());
  }

  /** All kernels that there are. */
  static List<Kernel> list(Engine engine) {
    return boot(engine, "").kernels();
  }

  @Override
  public Slices run(Order order) {
    return boot(engine, cmdline(order) + (paged ? " paged" : "")).slices();
  }

  private static KernelLines boot(Engine engine, String cmdline) {
    KernelLines lines = new KernelLines();
    BenchSystem.run(
        BenchSystem.of("cpu", TOML.formatted(cmdline)),
        engine,
        Tracer.OFF,
        (domid, domain, line) -> lines.hear(line));
    return lines;
  }
}
