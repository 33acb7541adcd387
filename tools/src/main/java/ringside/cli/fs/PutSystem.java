package ringside.cli.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ringside.cli.Engines;
import ringside.cli.UserError;
import ringside.cli.run.Interrupt;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.SystemReader;
import ringside.cpu.Engine;
import ringside.device.disk.Disk;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.trace.Tracer;

/**
 * A system of one guest, fsput, that writes a file into a volume: the volume is its first
 * namespace, what it is to write the second.
 */
final class PutSystem {
  private static final String SYSTEM =
      """
      [[domain]]
      name = "fsput"
      kernel = "fsput.elf"
      memory = 64
      cmdline = "%s"
      [[device]]
      type = "nvme"
      domain = "fsput"
      namespaces = 2
      """;

  private PutSystem() {}

  /** Closes both disks. What the guest said first when it failed is the error. */
  static void run(String cmdline, Disk volume, Disk content) {
    List<String> said = new ArrayList<>();
    try (Interrupt interrupt = new Interrupt();
        Engine engine = Engines.create(Engines.DEFAULT)) {
      RunHooks hooks =
          new RunHooks() {
            @Override
            public void starts(Machine machine) {
              interrupt.starts(machine);
            }

            @Override
            public Disk plug(int device, int nsid, Disk disk) {
              return closed(disk, nsid == 1 ? volume : content);
            }
          };
      RunResult result =
          SystemRun.run(
              description(cmdline),
              engine,
              Tracer.OFF,
              (domid, domain, line) -> {
                if (!line.startsWith("Test result: ")) {
                  said.add(line);
                }
              },
              hooks);
      if (!result.well()) {
        throw new UserError(said.isEmpty() ? "it was " + result.end() : said.getFirst());
      }
    } catch (ImageException e) {
      throw new UserError(e.getMessage());
    }
  }

  private static Disk closed(Disk unused, Disk instead) {
    try {
      unused.close();
    } catch (IOException e) {
      throw new UserError(e.getMessage());
    }
    return instead;
  }

  private static SystemDescription description(String cmdline) {
    Path images = Path.of(System.getProperty("ringside.home", ".")).resolve("images/build");
    try {
      return SystemReader.read("fs put", SYSTEM.formatted(cmdline), images, "fs-put", List.of());
    } catch (DescriptionException e) {
      throw new UserError(e.getMessage(), "build the guests with: tools/ringside dev guests");
    }
  }
}
