package ringside.cli.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import ringside.analysis.FileSummary;
import ringside.analysis.TraceSummary;
import ringside.trace.TraceEnd;
import ringside.trace.TraceHeader;
import ringside.trace.TraceReader;

/** A summary as one JSON object. */
final class SummaryJson {
  private final JsonGenerator json;
  private final TraceSummary summary;

  private SummaryJson(JsonGenerator json, TraceSummary summary) {
    this.json = json;
    this.summary = summary;
  }

  static void write(PrintWriter out, Path file, TraceReader reader, TraceSummary summary)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      new SummaryJson(json, summary).write(file, reader);
      json.writeRaw('\n');
    }
  }

  private void write(Path file, TraceReader reader) throws IOException {
    TraceEnd end = reader.end();
    json.writeStartObject();
    json.writeStringField("file", file.toString());
    for (Map.Entry<String, String> property : reader.header().properties().entrySet()) {
      if (!property.getKey().equals(TraceHeader.ABI)) {
        json.writeStringField(property.getKey(), property.getValue());
      }
    }
    json.writeStringField("state", end.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("end", end.offset());
    json.writeStringField("reason", end.reason());
    json.writeNumberField("lost", end.lost());
    json.writeNumberField("count", summary.events());
    json.writeNumberField("first_time", summary.firstTime());
    json.writeNumberField("last_time", summary.lastTime());
    counts("types", summary.types());
    calls("hypercalls", summary.hypercalls());
    virqs();
    channels();
    calls("file_calls", summary.files().calls());
    calls("file_operations", summary.files().operations());
    requests();
    json.writeEndObject();
  }

  private void counts(String name, Map<String, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private void calls(String what, Map<String, TraceSummary.Calls> byName) throws IOException {
    json.writeArrayFieldStart(what);
    for (Map.Entry<String, TraceSummary.Calls> call : byName.entrySet()) {
      json.writeStartObject();
      json.writeStringField("name", call.getKey());
      json.writeNumberField("calls", call.getValue().entered());
      json.writeNumberField("returns", call.getValue().returned());
      counts("errors", call.getValue().errors());
      Histogram ns = call.getValue().durations();
      if (ns.getTotalCount() > 0) {
        json.writeNumberField("p50_ns", ns.getValueAtPercentile(50));
        json.writeNumberField("p99_ns", ns.getValueAtPercentile(99));
        json.writeNumberField("max_ns", ns.getMaxValue());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Block requests by file operation; those of none have no name. */
  private void requests() throws IOException {
    json.writeArrayFieldStart("file_requests");
    for (Map.Entry<String, FileSummary.Requests> of : summary.files().requests().entrySet()) {
      requests(of.getKey(), of.getValue());
    }
    requests(null, summary.files().background());
    json.writeEndArray();
  }

  private void requests(String name, FileSummary.Requests of) throws IOException {
    if (of.count() > 0) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeNumberField("count", of.count());
      json.writeNumberField("bytes", of.bytes());
      json.writeEndObject();
    }
  }

  private void virqs() throws IOException {
    json.writeArrayFieldStart("virqs");
    for (Map.Entry<Integer, ? extends Map<String, Long>> domain : summary.virqs().entrySet()) {
      for (Map.Entry<String, Long> virq : domain.getValue().entrySet()) {
        json.writeStartObject();
        json.writeNumberField("domain", domain.getKey());
        json.writeStringField("virq", virq.getKey());
        json.writeNumberField("count", virq.getValue());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void channels() throws IOException {
    json.writeArrayFieldStart("channels");
    for (Map.Entry<TraceSummary.Port, TraceSummary.Traffic> end : summary.ports().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("domain", end.getKey().domain());
      json.writeNumberField("port", end.getKey().port());
      json.writeNumberField("sends", end.getValue().sends());
      json.writeNumberField("pending", end.getValue().pendings());
      json.writeNumberField("upcalls", end.getValue().upcalls());
      json.writeNumberField("wakes", end.getValue().wakes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
