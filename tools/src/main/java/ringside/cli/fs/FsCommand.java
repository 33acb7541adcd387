package ringside.cli.fs;

import picocli.CommandLine.Command;

/** Verbs about files on a disk that no system uses at the moment. */
@Command(
    name = "fs",
    description = "Look at files of an ext2 or ext3 volume, or put one there, while nothing runs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class FsCommand {}
