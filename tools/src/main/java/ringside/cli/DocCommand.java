package ringside.cli;

import picocli.CommandLine.Command;

/** Reference pages. */
@Command(
    name = "doc",
    description = "Show reference pages: hypercalls, the keys of a system description.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class DocCommand {}
