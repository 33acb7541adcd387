package ringside.cli.bench;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import ringside.cli.UserError;

/**
 * The kernels in a process of their own: a program of this computer, or QEMU with the guest image.
 *
 * @param command that runs an order
 * @param success its exit code when all went well
 */
record ProcessKernels(String name, Function<Order, List<String>> command, int success)
    implements KernelRunner {
  private static final String QEMU = "qemu-system-x86_64";

  /** What isa-debug-exit makes of the guest's 0. */
  private static final int QEMU_SUCCESS = 1;

  private static final Path HOME = Path.of(System.getProperty("ringside.home", "."));

  /**
   * Natively, by a program that make links from the guest's own objects.
   *
   * @throws UserError when it cannot be built here
   */
  static ProcessKernels natively() {
    String program = HostPrograms.make("domains/bench-cpu/native", "kernels");
    return new ProcessKernels(
        "native",
        order ->
            List.of(
                program,
                order.kernel().name(),
                "" + order.rounds(),
                "" + order.slices(),
                "" + order.check()),
        0);
  }

  /**
   * QEMU without hardware help.
   *
   * @throws UserError when it is not installed
   */
  static ProcessKernels qemu() {
    HostPrograms.require(QEMU);
    List<String> command =
        List.of(
            QEMU,
            "-accel",
            "tcg",
            "-display",
            "none",
            "-nodefaults",
            "-no-reboot",
            "-m",
            "64",
            "-kernel",
            HOME.resolve("images/build/bench-cpu.elf").toString(),
            "-debugcon",
            "stdio",
            "-device",
            "isa-debug-exit,iobase=0x501,iosize=4",
            "-append");
    return new ProcessKernels(
        "qemu",
        order ->
            ImmutableList.<String>builder()
                .addAll(command)
                .add(EngineKernels.cmdline(order))
                .build(),
        QEMU_SUCCESS);
  }

  @Override
  public Slices run(Order order) {
    KernelLines lines = new KernelLines();
    HostPrograms.run(command.apply(order), success, lines::hear);
    return lines.slices();
  }
}
