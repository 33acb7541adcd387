package ringside.cli;

import picocli.CommandLine.Command;

/** Verbs about image files. */
@Command(
    name = "image",
    description = "Look into an image file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ImageCommand {}
