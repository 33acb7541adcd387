package ringside.cli.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import ringside.analysis.CauseChain;
import ringside.analysis.EventDecoder;
import ringside.analysis.EventLine;
import ringside.analysis.JsonLines;
import ringside.cli.Format;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** Explains one event by its causes. */
@Command(
    name = "why",
    description = {
      "Show why an event happened:",
      "the event, below it what caused it, and so on back to where it all began."
    },
    mixinStandardHelpOptions = true)
final class WhyCommand extends TraceVerb {
  @Parameters(index = "0", paramLabel = "FILE", description = "A trace file.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      converter = EventId.class,
      description = "Id of the event, as 'trace show' lists it: 1234 or '#1234'.")
  private Long id;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; json is one object a line.")
  private Format format = Format.text;

  @Override
  int run() throws WrongInput, IOException {
    try (TraceReader reader = open(file)) {
      List<TraceRecord> chain = CauseChain.of(reader, id);
      if (chain.isEmpty()) {
        report(file, reader);
        throw new WrongInput(file + ": no event #" + id + range(reader.end().records()));
      }
      EventDecoder decoder = decoder(file, reader);
      if (format == Format.json) {
        try (JsonLines lines = new JsonLines(out(), decoder)) {
          for (TraceRecord record : chain) {
            lines.write(record);
          }
        }
      } else {
        EventLine lines = new EventLine(decoder);
        chain.forEach(record -> out().print(lines.of(record) + "\n"));
      }
      return OK;
    }
  }

  private static String range(long records) {
    return records == 0 ? "; there are none at all" : "; they go from #1 to #" + records;
  }

  /** A number, with or without the sign that marks an id. */
  static final class EventId implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return Long.parseLong(value.replaceFirst("^#", ""));
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + value + "' is no id of an event");
      }
    }
  }
}
