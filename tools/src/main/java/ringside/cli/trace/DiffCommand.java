package ringside.cli.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.analysis.EventDecoder;
import ringside.analysis.EventJson;
import ringside.analysis.EventLine;
import ringside.analysis.TraceDiff;
import ringside.cli.Format;
import ringside.trace.TraceHeader;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** Finds where two runs part. */
@Command(
    name = "diff",
    description = {
      "Find the first event in which two traces differ.",
      "Exit code 0: none, 1: there is one, 2: wrong input. With options that choose events, ids and"
          + " causes are not compared."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand extends TraceVerb {
  private static final int SAME = OK;

  @Parameters(index = "0", paramLabel = "A", description = "A trace file.")
  private Path left;

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private Path right;

  @Mixin private FilterOptions filter;

  @Option(names = "--ignore-time", description = "Compare everything but when it happened.")
  private boolean ignoreTime;

  @Option(
      names = "--context",
      paramLabel = "N",
      defaultValue = "3",
      description = "Events to show before and after the difference. Default ${DEFAULT-VALUE}.")
  private int context;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}")
  private Format format = Format.text;

  @Override
  int run() throws WrongInput, IOException {
    if (context < 0) {
      throw new WrongInput("--context: " + context + " is less than 0");
    }
    try (TraceReader a = open(left);
        TraceReader b = open(right)) {
      compareHeaders(a.header(), b.header());
      TraceDiff.Options options =
          new TraceDiff.Options(
              filter.given() ? Optional.of(filter.filter()) : Optional.empty(),
              ignoreTime,
              context);
      Optional<TraceDiff.Divergence> found = new TraceDiff(options).compare(a, b);
      if (format == Format.json) {
        json(found, a, b);
      } else {
        found.ifPresentOrElse(d -> text(d, a, b), () -> out().print("no difference\n"));
      }
      return found.isPresent()
          ? DIFFERENT
          : Math.max(wholeOrWrong(left, a), wholeOrWrong(right, b));
    }
  }

  /** That nothing differs is only known of whole files. */
  private int wholeOrWrong(Path file, TraceReader reader) {
    report(file, reader);
    return reader.end().complete() ? SAME : WRONG_INPUT;
  }

  /** Runs of different systems differ; better to know that first. */
  private void compareHeaders(TraceHeader a, TraceHeader b) {
    TreeSet<String> keys = new TreeSet<>(a.properties().keySet());
    keys.addAll(b.properties().keySet());
    for (String key : keys) {
      if (!a.get(key).equals(b.get(key))) {
        complain(
            key.equals(TraceHeader.ABI)
                ? "the runs have different ABI tables"
                : "the runs differ in %s: \"%s\" and \"%s\""
                    .formatted(key, a.get(key), b.get(key)));
      }
    }
  }

  private void text(TraceDiff.Divergence d, TraceReader a, TraceReader b) {
    EventLine leftLines = new EventLine(decoder(left, a));
    EventLine rightLines = new EventLine(decoder(right, b));
    out().printf("first difference after %d equal events%n", d.equal());
    d.before().forEach(r -> out().print("  " + leftLines.of(r) + "\n"));
    side("-", left, leftLines, d.left());
    side("+", right, rightLines, d.right());
  }

  private void side(String sign, Path file, EventLine lines, List<TraceRecord> records) {
    out().print(sign + sign + sign + " " + file + "\n");
    if (records.isEmpty()) {
      out().print(sign + " (no more events)\n");
    }
    records.forEach(r -> out().print(sign + " " + lines.of(r) + "\n"));
  }

  private void json(Optional<TraceDiff.Divergence> found, TraceReader a, TraceReader b)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out())) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeBooleanField("same", found.isEmpty());
      if (found.isPresent()) {
        json.writeNumberField("equal", found.get().equal());
        array(json, "before", found.get().before(), decoder(left, a));
        array(json, "a", found.get().left(), decoder(left, a));
        array(json, "b", found.get().right(), decoder(right, b));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void array(
      JsonGenerator json, String name, List<TraceRecord> records, EventDecoder decoder)
      throws IOException {
    EventJson events = new EventJson(decoder);
    json.writeArrayFieldStart(name);
    for (TraceRecord record : records) {
      events.write(json, record);
    }
    json.writeEndArray();
  }
}
