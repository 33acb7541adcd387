package ringside.cli;

import picocli.CommandLine.Command;

/** What there is to know about CPU engines. */
@Command(
    name = "engine",
    description = "Look into CPU engines and compare them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class EngineCommand {}
