package ringside.cli.trace;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.analysis.EventDecoder;
import ringside.analysis.EventFilter;
import ringside.analysis.EventLine;
import ringside.analysis.JsonLines;
import ringside.cli.Format;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** Lists events. */
@Command(
    name = "show",
    description = {
      "List the events of a trace, one a line:",
      "virtual time in seconds, domain and vCPU, id, type, fields, and the id of the cause."
    },
    mixinStandardHelpOptions = true)
final class ShowCommand extends TraceVerb {
  private static final int LINES_BETWEEN_CHECKS = 1000;

  /** Takes a chosen event. */
  private interface Printer {
    void print(TraceRecord record) throws IOException;
  }

  @Parameters(paramLabel = "FILE", description = "A trace file.")
  private Path file;

  @Mixin private FilterOptions filter;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many events.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; json is one object a line.")
  private Format format = Format.text;

  @Override
  int run() throws WrongInput, IOException {
    try (TraceReader reader = open(file)) {
      EventDecoder decoder = decoder(file, reader);
      if (format == Format.json) {
        try (JsonLines lines = new JsonLines(out(), decoder)) {
          return show(reader, lines::write);
        }
      }
      EventLine lines = new EventLine(decoder);
      return show(reader, record -> out().print(lines.of(record) + "\n"));
    }
  }

  /** Stops when nobody reads what is printed. */
  private int show(TraceReader reader, Printer printer) throws IOException {
    EventFilter wanted = filter.filter();
    if (wanted.from() > 0) {
      reader.seekTime(wanted.from());
    }
    long shown = 0;
    while (shown < limit) {
      TraceRecord record = reader.next();
      if (record == null) {
        return report(file, reader);
      }
      if (wanted.wants(record)) {
        printer.print(record);
        shown++;
        if (shown % LINES_BETWEEN_CHECKS == 0 && out().checkError()) {
          return OK;
        }
      }
    }
    return OK;
  }
}
