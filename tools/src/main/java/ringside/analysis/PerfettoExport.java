package ringside.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import ringside.trace.DomainEvent;
import ringside.trace.HypercallEvent;
import ringside.trace.TraceHeader;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/**
 * The Trace Event Format that Perfetto's viewer and chrome://tracing open. A domain is a process, a
 * vCPU a thread. A hypercall is a slice from entry to return, any other event an instant. An arrow
 * leads from each cause to each of its effects; its id is the effect's. Beside their events, file
 * operations, block requests and NVMe commands are spans, one within the other, of the domain of
 * the outermost.
 *
 * <p>An arrow's end belongs to whatever its lane shows last at that time, so each end is written
 * directly after its event.
 *
 * <p>Does not write native TrackEvent protobuf.
 */
public final class PerfettoExport {
  /** Process of events about no domain; no domid is as great. */
  private static final int MACHINE = 0x8000;

  /**
   * Thread ids are unique over all processes: so many for each, the first for the domain itself.
   */
  private static final int LANES = 256;

  private final EventJson events;
  private final RequestSpans spans;
  private final EventFilter filter;
  private final Arrows arrows;
  private final JsonGenerator json;
  private final Map<Integer, String> names = new HashMap<>();
  private final Set<Integer> lanes = new HashSet<>();

  private PerfettoExport(EventDecoder decoder, EventFilter filter, Arrows arrows, Writer out)
      throws IOException {
    this.events = new EventJson(decoder);
    this.spans = new RequestSpans(decoder);
    this.filter = filter;
    this.arrows = arrows;
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  /** Reads the file twice and leaves the writer open. */
  public static void write(TraceReader reader, EventDecoder decoder, EventFilter filter, Writer out)
      throws IOException {
    reader.rewind();
    Arrows arrows = Arrows.of(reader, filter);
    reader.rewind();
    new PerfettoExport(decoder, filter, arrows, out).write(reader);
  }

  private void write(TraceReader reader) throws IOException {
    json.writeStartObject();
    json.writeStringField("displayTimeUnit", "ns");
    json.writeObjectFieldStart("otherData");
    for (Map.Entry<String, String> property : reader.header().properties().entrySet()) {
      if (!property.getKey().equals(TraceHeader.ABI)) {
        json.writeStringField(property.getKey(), property.getValue());
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("traceEvents");
    for (TraceRecord r = reader.next(); r != null; r = reader.next()) {
      if (r.type().equals(DomainEvent.CREATE)) {
        process(r.domain(), r.text("name", ""));
      }
      if (filter.wants(r) && !r.type().equals(HypercallEvent.RETURN)) {
        event(r);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }

  private void event(TraceRecord r) throws IOException {
    lane(r);
    boolean hypercall = r.type().equals(HypercallEvent.ENTRY);
    begin(r, hypercall ? name(r) : r.type(), hypercall ? "X" : "i");
    long end = arrows.returned(r);
    if (hypercall) {
      json.writeFieldName("dur");
      json.writeNumber(micros((end < 0 ? arrows.lastTime() : end) - r.time()));
    } else {
      json.writeStringField("s", "t");
    }
    json.writeObjectFieldStart("args");
    json.writeNumberField("id", r.id());
    if (r.cause() != 0) {
      json.writeNumberField("cause", r.cause());
    }
    if (hypercall && end < 0) {
      json.writeBooleanField("unfinished", true);
    }
    events.writeFields(json, r);
    json.writeEndObject();
    json.writeEndObject();
    if (arrows.isEffect(r)) {
      arrow(r, "f", r.id());
    }
    for (int effect : arrows.effects(r)) {
      arrow(r, "s", effect);
    }
    var edge = spans.at(r);
    if (edge.isPresent()) {
      span(r, edge.get());
    }
  }

  private void span(TraceRecord r, RequestSpans.Edge edge) throws IOException {
    int domain = edge.span().domain();
    int tid = pid(domain) * LANES + r.vcpu() + 1;
    begin(r, edge.span().name(), edge.begins() ? "b" : "e", pid(domain), tid);
    json.writeStringField("id", edge.span().row());
    json.writeObjectFieldStart("args");
    json.writeNumberField(edge.begins() ? "begin" : "end", r.id());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void arrow(TraceRecord at, String phase, long id) throws IOException {
    begin(at, "cause", phase);
    json.writeNumberField("id", id);
    if (phase.equals("f")) {
      json.writeStringField("bp", "e");
    }
    json.writeEndObject();
  }

  private void begin(TraceRecord r, String name, String phase) throws IOException {
    begin(r, name, phase, pid(r.domain()), tid(r));
  }

  private void begin(TraceRecord r, String name, String phase, int pid, int tid)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("cat", category(r, phase));
    json.writeStringField("ph", phase);
    json.writeFieldName("ts");
    json.writeNumber(micros(r.time()));
    json.writeNumberField("pid", pid);
    json.writeNumberField("tid", tid);
  }

  private static String category(TraceRecord r, String phase) {
    return switch (phase) {
      case "s", "f" -> "cause";
      case "b", "e" -> "request";
      default -> family(r);
    };
  }

  private static String family(TraceRecord r) {
    int dot = r.type().indexOf('.');
    return dot < 0 ? r.type() : r.type().substring(0, dot);
  }

  private static String name(TraceRecord entry) {
    String op = entry.text("sub_op", "");
    return op.isEmpty() ? entry.text("name", "hypercall") : op;
  }

  private void lane(TraceRecord r) throws IOException {
    if (!names.containsKey(r.domain())) {
      process(r.domain(), r.domain() < 0 ? "machine" : "");
    }
    if (lanes.add(tid(r))) {
      String lane = r.vcpu() < 0 ? (r.domain() < 0 ? "machine" : "domain") : "vCPU " + r.vcpu();
      metadata("thread_name", pid(r.domain()), tid(r), lane);
    }
  }

  private void process(int domain, String name) throws IOException {
    if (!name.equals(names.put(domain, name))) {
      String shown = domain < 0 ? name : "domain " + domain + (name.isEmpty() ? "" : " " + name);
      metadata("process_name", pid(domain), pid(domain) * LANES, shown);
    }
  }

  private void metadata(String what, int pid, int tid, String name) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", what);
    json.writeStringField("ph", "M");
    json.writeNumberField("pid", pid);
    json.writeNumberField("tid", tid);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static int pid(int domain) {
    return domain < 0 ? MACHINE : domain;
  }

  private static int tid(TraceRecord r) {
    return pid(r.domain()) * LANES + r.vcpu() + 1;
  }

  /** Microseconds, to the nanosecond. */
  private static BigDecimal micros(long ns) {
    return BigDecimal.valueOf(ns, 3);
  }
}
