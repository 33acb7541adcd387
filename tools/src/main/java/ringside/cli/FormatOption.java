package ringside.cli;

import picocli.CommandLine.Option;

/** {@code --format}, the same for every verb. */
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  public boolean json() {
    return format == Format.json;
  }
}
