package ringside.cli.bench;

import ringside.cli.run.RunOutput;
import ringside.cli.system.SystemDescription;
import ringside.cpu.Engine;
import ringside.trace.Tracer;

/**
 * From the order to run the system "files", on an empty disk in memory, to its shell's first
 * prompt: three domains, an NVMe disk, and a file system that is made and mounted.
 */
final class PromptTime {
  static final String HOW = "the system \"files\" with an empty disk, in a warm process";

  private static final double NS_PER_MS = 1e6;

  private static final String TOML =
      """
      [[domain]]
      name = "storage"
      kernel = "storage-server.elf"
      memory = 64
      provides = ["storage"]
      [[domain]]
      name = "fs"
      kernel = "fs-server.elf"
      memory = 64
      cmdline = "path=direct format=ext3"
      provides = ["files"]
      uses = ["storage/1"]
      depends_on = ["storage"]
      [[domain]]
      name = "shell"
      kernel = "shell.elf"
      memory = 32
      uses = ["files/1"]
      depends_on = ["fs"]
      console = "terminal"
      [[device]]
      type = "nvme"
      domain = "storage"
      size = "64M"
      """;

  private PromptTime() {}

  static double milliseconds(Engine engine) {
    SystemDescription system = BenchSystem.of("files", TOML);
    Prompt prompt = new Prompt();
    long begin = System.nanoTime();
    BenchSystem.run(system, engine, Tracer.OFF, prompt);
    return (prompt.at - begin) / NS_PER_MS;
  }

  /** Takes the host's time at the first prompt; nobody types anything there. */
  private static final class Prompt implements RunOutput {
    private long at;

    @Override
    public void consoleLine(int domid, String domain, String line) {}

    @Override
    public void terminalText(String text) {
      if (at == 0 && text.contains("$ ")) {
        at = System.nanoTime();
      }
    }
  }
}
