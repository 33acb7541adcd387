package ringside.cli.trace;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.analysis.TraceSummary;
import ringside.cli.Format;
import ringside.trace.TraceReader;

/** Counts and durations. */
@Command(
    name = "summary",
    description = {
      "Count the events of a trace by type, hypercall, VIRQ and event channel.",
      "Durations are virtual time from a hypercall's entry to its return."
    },
    mixinStandardHelpOptions = true)
final class SummaryCommand extends TraceVerb {
  @Parameters(paramLabel = "FILE", description = "A trace file.")
  private Path file;

  @Mixin private FilterOptions filter;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}")
  private Format format = Format.text;

  @Override
  int run() throws WrongInput, IOException {
    try (TraceReader reader = open(file)) {
      TraceSummary summary = TraceSummary.of(reader, decoder(file, reader), filter.filter());
      if (format == Format.json) {
        SummaryJson.write(out(), file, reader, summary);
      } else {
        SummaryText.write(out(), file, reader, summary);
      }
      return report(file, reader);
    }
  }
}
