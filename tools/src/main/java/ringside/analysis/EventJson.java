package ringside.analysis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import ringside.abi.AbiValue;
import ringside.trace.HypercallEvent;
import ringside.trace.TraceRecord;

/**
 * An event as a JSON object. Addresses and registers are texts in hexadecimal, since a JSON number
 * is exact only up to 2^53 in most readers.
 */
public final class EventJson {
  private final EventDecoder decoder;

  public EventJson(EventDecoder decoder) {
    this.decoder = decoder;
  }

  public void write(JsonGenerator json, TraceRecord record) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", record.id());
    json.writeNumberField("time", record.time());
    json.writeNumberField("domain", record.domain());
    json.writeNumberField("vcpu", record.vcpu());
    json.writeStringField("type", record.type());
    json.writeNumberField("cause", record.cause());
    json.writeObjectFieldStart("fields");
    writeFields(json, record);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The fields, into an object that is open. */
  public void writeFields(JsonGenerator json, TraceRecord record) throws IOException {
    for (DecodedField field : decoder.fields(record)) {
      json.writeFieldName(field.name());
      value(json, field.json());
    }
    if (record.type().equals(HypercallEvent.ENTRY)) {
      json.writeObjectFieldStart("arguments");
      for (AbiValue argument : decoder.arguments(record)) {
        json.writeStringField(argument.name(), argument.text());
      }
      json.writeEndObject();
    } else if (record.type().equals(HypercallEvent.RETURN)) {
      var errno = decoder.errno(record.number("result", 0));
      if (errno.isPresent()) {
        json.writeStringField("errno", errno.get());
      }
    }
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Boolean flag -> json.writeBoolean(flag);
      case Long number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case String text -> json.writeString(text);
      case List<?> parts -> {
        json.writeStartObject();
        for (Object part : parts) {
          DecodedField field = (DecodedField) part;
          json.writeFieldName(field.name());
          value(json, field.json());
        }
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("a field of " + value.getClass());
    }
  }
}
