package ringside.trace;

import java.util.ArrayList;
import java.util.List;

/** Learns an event type's fields from its first event. */
final class SchemaSink implements FieldSink {
  private final List<EventSchema.Field> fields = new ArrayList<>();

  static EventSchema of(TraceEvent event) {
    SchemaSink sink = new SchemaSink();
    event.fields(sink);
    return new EventSchema(event.type(), List.copyOf(sink.fields));
  }

  private FieldSink add(String name, FieldKind kind) {
    fields.add(new EventSchema.Field(name, kind));
    return this;
  }

  @Override
  public FieldSink flag(String name, boolean value) {
    return add(name, FieldKind.FLAG);
  }

  @Override
  public FieldSink u8(String name, int value) {
    return add(name, FieldKind.U8);
  }

  @Override
  public FieldSink u16(String name, int value) {
    return add(name, FieldKind.U16);
  }

  @Override
  public FieldSink u32(String name, int value) {
    return add(name, FieldKind.U32);
  }

  @Override
  public FieldSink u64(String name, long value) {
    return add(name, FieldKind.U64);
  }

  @Override
  public FieldSink s64(String name, long value) {
    return add(name, FieldKind.S64);
  }

  @Override
  public FieldSink hex(String name, long value) {
    return add(name, FieldKind.HEX);
  }

  @Override
  public FieldSink text(String name, String value) {
    return add(name, FieldKind.TEXT);
  }

  @Override
  public FieldSink struct(String name, String structure, int width, byte[] bytes) {
    return add(name, FieldKind.STRUCT);
  }
}
