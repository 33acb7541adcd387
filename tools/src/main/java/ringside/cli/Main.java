package ringside.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import ringside.cli.fs.CatCommand;
import ringside.cli.fs.FsCommand;
import ringside.cli.fs.FsckCommand;
import ringside.cli.fs.GetCommand;
import ringside.cli.fs.LsCommand;
import ringside.cli.fs.PutCommand;
import ringside.cli.inspect.InspectCommand;
import ringside.cli.inspect.InspectRingCommand;
import ringside.cli.trace.TraceCommand;

/** Where the process starts, and how its errors look. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    int code = run(terminal, args);
    if (terminal.out().checkError()) { // flushes first
      terminal.err().println("ringside: error: the standard output could not be written");
      code = ExitCode.WRONG_INPUT;
    }
    terminal.flush();
    System.exit(code);
  }

  /** Runs a command line; returns its {@link ExitCode}. */
  public static int run(Terminal terminal, String... args) {
    int code = commandLine(terminal).execute(args);
    terminal.flush();
    return code;
  }

  /** The whole tree of commands. */
  public static CommandLine commandLine(Terminal terminal) {
    Ringside ringside = new Ringside(terminal);
    CommandLine line =
        new CommandLine(ringside)
            .addSubcommand(new BootCommand(ringside))
            .addSubcommand(new CheckCommand(ringside))
            .addSubcommand(new ListCommand(ringside))
            .addSubcommand(new PsCommand(ringside))
            .addSubcommand(new KillCommand(ringside))
            .addSubcommand(
                new CommandLine(new InspectCommand())
                    .addSubcommand(new InspectRingCommand(ringside)))
            .addSubcommand(new TraceCommand())
            .addSubcommand(
                new CommandLine(new ImageCommand()).addSubcommand(new ImageInfoCommand(ringside)))
            .addSubcommand(
                new CommandLine(new DiskCommand())
                    .addSubcommand(new DiskCreateCommand(ringside))
                    .addSubcommand(new DiskInfoCommand(ringside)))
            .addSubcommand(
                new CommandLine(new FsCommand())
                    .addSubcommand(new LsCommand(ringside))
                    .addSubcommand(new CatCommand(ringside))
                    .addSubcommand(new GetCommand(ringside))
                    .addSubcommand(new PutCommand(ringside))
                    .addSubcommand(new FsckCommand(ringside)))
            .addSubcommand(new DisasmCommand(ringside))
            .addSubcommand(
                new CommandLine(new DocCommand())
                    .addSubcommand(new DocHypercallCommand(ringside))
                    .addSubcommand(new DocSystemCommand(ringside)))
            .addSubcommand(new BenchCommand(ringside))
            .addSubcommand(new CrashSweepCommand(ringside))
            .addSubcommand(new PowerSweepCommand(ringside))
            .addSubcommand(new VolumeSweepCommand(ringside))
            .addSubcommand(new SoakCommand(ringside))
            .addSubcommand(
                new CommandLine(new EngineCommand())
                    .addSubcommand(new EngineCompareCommand(ringside))
                    .addSubcommand(new EngineCoverageCommand(ringside))
                    .addSubcommand(new EngineStatsCommand(ringside))
                    .addSubcommand(new EngineDumpCommand(ringside)))
            .addSubcommand(
                new CommandLine(new FuzzCommand()).addSubcommand(new FuzzNvmeCommand(ringside)))
            .addSubcommand(new CompletionCommand())
            .addSubcommand(new ManCommand());
    return line.setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, given) -> wrongUsage(terminal, e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(ringside, e, parsed.originalArgs()));
  }

  private static int wrongUsage(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.out().flush();
    terminal.err().println(command + ": " + terminal.alarm("error: ") + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())
        || e instanceof MissingParameterException) {
      terminal.err().println("Try '" + command + " --help'.");
    }
    terminal.err().flush();
    return ExitCode.WRONG_INPUT;
  }

  private static int failed(Ringside ringside, Exception e, List<String> args) {
    Terminal terminal = ringside.terminal();
    terminal.out().flush();
    int code = ExitCode.WRONG_INPUT;
    if (e instanceof UserError error) {
      terminal.err().println("ringside: " + terminal.alarm("error: ") + error.getMessage());
      if (!error.hint().isEmpty()) {
        terminal.err().println("  " + error.hint());
      }
      if (ringside.verbose()) {
        e.printStackTrace(terminal.err());
      }
    } else {
      reportBug(ringside, e, args);
      code = ExitCode.BUG;
    }
    terminal.err().flush();
    return code;
  }

  private static void reportBug(Ringside ringside, Exception e, List<String> args) {
    Terminal terminal = ringside.terminal();
    e.printStackTrace(terminal.err());
    String words = args.stream().map(Main::quoted).collect(Collectors.joining(" "));
    terminal.err().println();
    terminal.err().println("ringside: " + terminal.alarm("this is a bug in Ringside."));
    terminal.err().println("Please report it with the lines above and these:");
    terminal.err().println("  command  ringside " + words);
    terminal.err().println("  seed     " + (ringside.seed() == null ? "-" : ringside.seed()));
    terminal.err().println("  version  " + Versions.ringside() + ", " + Versions.host());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=,:@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
