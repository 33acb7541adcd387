package ringside.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import ringside.trace.TraceRecord;

/** One JSON object a line and event. */
public final class JsonLines implements AutoCloseable {
  private final JsonGenerator json;
  private final EventJson events;

  /** The writer stays open when this is closed. */
  public JsonLines(Writer out, EventDecoder decoder) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    events = new EventJson(decoder);
  }

  public void write(TraceRecord record) throws IOException {
    events.write(json, record);
  }

  @Override
  public void close() throws IOException {
    json.writeRaw('\n');
    json.close();
  }
}
