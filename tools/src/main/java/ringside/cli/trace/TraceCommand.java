package ringside.cli.trace;

import picocli.CommandLine.Command;

/** {@code ringside trace}: everything about trace files. */
@Command(
    name = "trace",
    description = "Show and compare what a run recorded with --trace.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ShowCommand.class,
      SummaryCommand.class,
      WhyCommand.class,
      DiffCommand.class,
      ExportCommand.class
    })
public final class TraceCommand {}
