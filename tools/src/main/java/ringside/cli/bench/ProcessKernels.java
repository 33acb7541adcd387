package ringside.cli.bench;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
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
    Path folder = HOME.resolve("domains/bench-cpu/native");
    require("make");
    require("gcc");
    finish(List.of("make", "-s", "-C", folder.toString()), 0, line -> {});
    String program = folder.resolve("build/kernels").toString();
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
    require(QEMU);
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

  private static void require(String program) {
    for (String path : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return;
      }
    }
    throw new UserError(program + " is not installed", "install it with: tools/ringside dev setup");
  }

  @Override
  public Slices run(Order order) {
    KernelLines lines = new KernelLines();
    finish(command.apply(order), success, lines::hear);
    return lines.slices();
  }

  /** Runs a command to its end; each line that it says is heard when it is said. */
  private static void finish(List<String> command, int success, Consumer<String> hear) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      try (BufferedReader said = process.inputReader()) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          hear.accept(line);
        }
        int code = process.waitFor();
        if (code != success) {
          throw new UserError(command.getFirst() + " ended with " + code);
        }
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new UserError(command.getFirst() + " does not run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(command.getFirst() + " was interrupted");
    }
  }
}
