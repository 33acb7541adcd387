package ringside.cli;

import picocli.CommandLine.Command;

/** Random use of parts of the hypervisor, compared with models of them. */
@Command(
    name = "fuzz",
    description = "Use a part of the hypervisor at random and compare it with a model.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class FuzzCommand {}
