package ringside.cli;

import picocli.CommandLine.Command;

/** Verbs about files that hold a guest's disk. */
@Command(
    name = "disk",
    description = "Make a disk file, or look at one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class DiskCommand {}
