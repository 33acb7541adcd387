package ringside.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.abi.Abi;
import ringside.cli.control.ControlSocket;
import ringside.cli.run.Interrupt;
import ringside.cli.run.PowerCut;
import ringside.cli.run.ResultJson;
import ringside.cli.run.ResultText;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.run.TextOutput;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.ValueOverride;
import ringside.cpu.Engine;
import ringside.device.disk.Disk;
import ringside.domain.ImageException;
import ringside.domain.Machine;
import ringside.trace.EventGlobs;
import ringside.trace.NoSuchEventException;
import ringside.trace.TraceHeader;
import ringside.trace.TraceWriter;
import ringside.trace.Tracer;

/** Boots a system and stays until all its domains have stopped. */
@Command(
    name = "boot",
    description = "Boot a system and wait until all its domains have stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What guests print goes to the standard output, each line behind its domain's name, but",
      "that of the domain whose console is the terminal; it reads the standard input.",
      "The exit code is 0 when all guests ended well, 1 when one crashed, failed or never ended,",
      "2 when the input is wrong. A guest fails with the line 'Test result: FAILURE' or 'ERROR'."
    })
final class BootCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Parameters(
      paramLabel = "SYSTEM",
      description = "Name of a system (see ringside list), a description (.toml), or an image.")
  private String what;

  @Option(names = "--memory", paramLabel = "MIB", description = "RAM of the only domain.")
  private Long memory;

  @Option(names = "--vcpus", paramLabel = "N", description = "vCPUs of the only domain.")
  private Long vcpus;

  @Option(names = "--cmdline", paramLabel = "TEXT", description = "Its command line.")
  private String cmdline;

  @Option(
      names = "--set",
      paramLabel = "DOMAIN.KEY=VALUE",
      description = "Put a value over the description's (see ringside doc system); repeatable.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What {seed} in a command line becomes.")
  private Long seed;

  @Option(
      names = "--time-limit",
      paramLabel = "SPAN",
      description = "End the run after so much virtual time, like 500ms.")
  private String timeLimit;

  @Option(
      names = "--fault",
      paramLabel = "DOMAIN:WHAT:WHEN",
      description =
          "Let something go wrong, like storage:kill:at=200ms; repeatable, and in place of what the"
              + " description has (see faults in ringside doc system).")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--power-cut",
      paramLabel = "SPAN",
      description =
          "Cut the power after so much virtual time, like 40ms: what disks have in volatile caches"
              + " only may be lost, as --seed has it.")
  private String powerCut;

  @Option(names = "--engine", paramLabel = "NAME", description = Engines.HELP)
  private String engineName = Engines.DEFAULT;

  @Option(
      names = "--trace",
      paramLabel = "GLOBS",
      description = "Record these events: 'hypercall.*,evtchn.*', or '*' for all.")
  private String globs;

  @Option(
      names = "--trace-out",
      paramLabel = "FILE",
      description = "Where to record them; default SYSTEM.trace.")
  private Path traceOut;

  @Mixin private PcpusOption pcpus;
  @Mixin private FormatOption format;

  BootCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() throws IOException {
    SystemDescription system = Descriptions.read(what, overrides());
    PowerCut cut = powerCut == null ? null : new PowerCut(powerCutNs(), system.seed());
    try (Interrupt interrupt = new Interrupt();
        ControlSocket control = control(system.name());
        Engine engine = Engines.create(engineName);
        Tracer tracer = tracer(system)) {
      int threads = pcpus.of(engine);
      ringside.running(system.seed());
      TextOutput output = new TextOutput(ringside, system, format.json());
      RunResult result =
          SystemRun.run(
              system,
              engine,
              tracer,
              output,
              new RunHooks() {
                @Override
                public int pcpus() {
                  return threads;
                }

                @Override
                public InputStream terminalInput() {
                  return ringside.terminal().in();
                }

                @Override
                public boolean personTypes() {
                  return ringside.terminal().echoes();
                }

                @Override
                public void starts(Machine machine) {
                  interrupt.starts(machine);
                  if (control != null) {
                    control.serves(machine);
                  }
                  if (cut != null) {
                    cut.starts(machine);
                  }
                }

                @Override
                public void disk(int device, int nsid, Disk disk) throws IOException {
                  if (cut != null) {
                    cut.hits(disk);
                  }
                }
              });
      report(result, tracer);
      if (cut != null) {
        report(cut);
      }
      return result.well() ? ExitCode.OK : ExitCode.GUEST_FAILED;
    } catch (ImageException e) {
      throw new UserError(e.getMessage(), "");
    }
  }

  private long powerCutNs() {
    try {
      return Duration.parse(powerCut);
    } catch (IllegalArgumentException e) {
      throw new UserError("--power-cut: " + e.getMessage());
    }
  }

  private void report(PowerCut cut) {
    ringside.progress(
        cut.happened()
            ? "power cut: %d pieces were in volatile caches only".formatted(cut.unitsAtStake())
            : "the power was not cut: the run was over before");
  }

  /** Null, and said, where there can be none: the run itself does not need it. */
  private ControlSocket control(String system) {
    try {
      return ControlSocket.open(system);
    } catch (IOException e) {
      ringside.progress("ringside: no other process can reach this run: " + e.getMessage());
      return null;
    }
  }

  private List<ValueOverride> overrides() {
    List<ValueOverride> all = new ArrayList<>();
    sets.forEach(set -> all.add(ValueOverride.parse(set)));
    only(all, "memory", memory);
    only(all, "vcpus", vcpus);
    only(all, "cmdline", cmdline);
    if (seed != null) {
      all.add(ValueOverride.ofSystem("seed", seed, "--seed"));
    }
    if (timeLimit != null) {
      all.add(ValueOverride.ofSystem("time_limit", timeLimit, "--time-limit"));
    }
    all.addAll(FaultOptions.overrides(faults));
    return all;
  }

  private static void only(List<ValueOverride> all, String key, Object value) {
    if (value != null) {
      all.add(ValueOverride.ofOnlyDomain(key, value));
    }
  }

  private Tracer tracer(SystemDescription system) {
    if (globs == null && traceOut == null) {
      return Tracer.OFF;
    }
    Path file = traceOut == null ? Path.of(system.name() + ".trace") : traceOut;
    try {
      EventGlobs events = globs == null ? EventGlobs.ALL : EventGlobs.parse(globs);
      TraceHeader header =
          TraceHeader.of(system.seed(), engineName, system.hash(), events, Abi.xen().serialize());
      return TraceWriter.create(file, header, events);
    } catch (NoSuchEventException e) {
      throw new UserError("--trace: " + e.getMessage(), "");
    } catch (IOException e) {
      throw new UserError("--trace-out " + file + ": cannot be written: " + e.getMessage(), "");
    }
  }

  private void report(RunResult result, Tracer tracer) {
    TraceWriter trace = tracer instanceof TraceWriter writer ? writer : null;
    if (format.json()) {
      ringside.terminal().out().println(Json.text(ResultJson.of(result, trace)));
    } else {
      ringside.terminal().out().flush();
      ResultText text = new ResultText(ringside, result);
      text.print(trace);
    }
  }
}
