package ringside.cli.trace;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.analysis.EventDecoder;
import ringside.analysis.EventFilter;
import ringside.analysis.JsonLines;
import ringside.analysis.PerfettoExport;
import ringside.trace.EventGlobs;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** Writes a trace for other tools. */
@Command(
    name = "export",
    description = {
      "Write a trace in a format of other tools.",
      "jsonl: one JSON object a line and event. perfetto: JSON for ui.perfetto.dev and"
          + " chrome://tracing, with arrows from causes to effects."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand extends TraceVerb {
  /** The names are what the option takes. */
  private enum Target {
    jsonl,
    perfetto
  }

  @Parameters(paramLabel = "FILE", description = "A trace file.")
  private Path file;

  @Option(names = "--to", required = true, description = "${COMPLETION-CANDIDATES}")
  private Target target;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "File to write, replacing it; the standard output without this option.")
  private Path output;

  @Option(
      names = "--filter",
      paramLabel = "GLOBS",
      converter = FilterOptions.Globs.class,
      description = "Only events of these types, for instance 'hypercall.*,evtchn.send'.")
  private EventGlobs globs = EventGlobs.ALL;

  @Override
  int run() throws WrongInput, IOException {
    try (TraceReader reader = open(file)) {
      if (output == null) {
        export(reader, out());
      } else {
        if (Files.exists(output) && Files.isSameFile(file, output)) {
          throw new WrongInput(output + ": that is the trace itself; name another file with -o");
        }
        try (Writer out = Files.newBufferedWriter(output)) {
          export(reader, out);
        }
      }
      return report(file, reader);
    }
  }

  private void export(TraceReader reader, Writer out) throws IOException {
    EventDecoder decoder = decoder(file, reader);
    switch (target) {
      case jsonl -> {
        try (JsonLines lines = new JsonLines(out, decoder)) {
          for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
            if (globs.selects(r.type())) {
              lines.write(r);
            }
          }
        }
      }
      case perfetto -> PerfettoExport.write(reader, decoder, EventFilter.of(globs), out);
    }
  }
}
