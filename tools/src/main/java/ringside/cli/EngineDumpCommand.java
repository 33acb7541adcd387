package ringside.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.jvm.translate.Region;

/** A region as the guest's code and as bytecode. */
@Command(
    name = "dump",
    description = "Run a system on our own CPU engine, and show a region, x86 beside bytecode.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For the machine code that HotSpot makes of it, with the library hsdis where Java finds it,",
      "else as numbers: RINGSIDE_JAVA_OPTS='-XX:+UnlockDiagnosticVMOptions",
      "-XX:CompileCommand=print,ringside.cpu.jvm.translate.Translated*::run'."
    })
final class EngineDumpCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(paramLabel = "SYSTEM", description = "As for ringside boot.")
  private String system;

  @Option(
      names = "--at",
      paramLabel = "ADDRESS",
      description = "Where the region begins, hexadecimal; default the one with the most ticks.")
  private String address;

  EngineDumpCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    try (JvmEngine engine = new JvmEngine()) {
      EngineRun.of(ringside, system, engine, 1);
      List<Region> all = engine.translations().all();
      Region chosen =
          all.stream()
              .filter(r -> address == null || r.rip() == parsed())
              .max(Comparator.comparingLong(Region::ticks))
              .orElseThrow(
                  () -> new UserError("no such region", "ringside engine stats lists them"));
      ringside.terminal().out().print(chosen.listing());
    }
  }

  private long parsed() {
    try {
      return Long.parseUnsignedLong(address.startsWith("0x") ? address.substring(2) : address, 16);
    } catch (NumberFormatException e) {
      throw new UserError("--at: \"" + address + "\" is no hexadecimal number");
    }
  }
}
