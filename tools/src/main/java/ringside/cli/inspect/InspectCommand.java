package ringside.cli.inspect;

import picocli.CommandLine.Command;

/** Verbs that look into a system. */
@Command(
    name = "inspect",
    description = "Look into a running or traced system.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class InspectCommand {}
