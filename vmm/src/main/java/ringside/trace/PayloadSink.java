package ringside.trace;

import java.util.List;

/**
 * Turns an event's fields into the bytes of its item. Every event must bring the fields of its
 * type's schema, in that order: anything else is our bug and throws.
 */
final class PayloadSink implements FieldSink {
  private final Bytes bytes = new Bytes(1024);
  private final StringTable strings;
  private EventSchema schema;
  private List<EventSchema.Field> expected;
  private int next;

  PayloadSink(StringTable strings) {
    this.strings = strings;
  }

  /** The event's fields as bytes, valid until the next call. */
  Bytes encode(EventSchema schema, TraceEvent event) {
    this.schema = schema;
    expected = schema.fields();
    next = 0;
    bytes.clear();
    event.fields(this);
    if (next != expected.size()) {
      throw new IllegalStateException(
          schema.name() + ": " + next + " fields, its type has " + expected.size());
    }
    return bytes;
  }

  private void expect(String name, FieldKind kind) {
    if (next == expected.size() || expected.get(next).kind() != kind) {
      throw new IllegalStateException(
          schema.name() + ": field " + name + " is not what its type has at place " + next);
    }
    next++;
  }

  @Override
  public FieldSink flag(String name, boolean value) {
    expect(name, FieldKind.FLAG);
    bytes.u8(value ? 1 : 0);
    return this;
  }

  @Override
  public FieldSink u8(String name, int value) {
    expect(name, FieldKind.U8);
    bytes.u8(value);
    return this;
  }

  @Override
  public FieldSink u16(String name, int value) {
    expect(name, FieldKind.U16);
    bytes.u16(value);
    return this;
  }

  @Override
  public FieldSink u32(String name, int value) {
    expect(name, FieldKind.U32);
    bytes.u32(value);
    return this;
  }

  @Override
  public FieldSink u64(String name, long value) {
    expect(name, FieldKind.U64);
    bytes.u64(value);
    return this;
  }

  @Override
  public FieldSink s64(String name, long value) {
    expect(name, FieldKind.S64);
    bytes.u64(value);
    return this;
  }

  @Override
  public FieldSink hex(String name, long value) {
    expect(name, FieldKind.HEX);
    bytes.u64(value);
    return this;
  }

  @Override
  public FieldSink text(String name, String value) {
    expect(name, FieldKind.TEXT);
    int index = strings.indexForText(value);
    bytes.u32(index);
    if (index == 0) {
      bytes.text32(value);
    }
    return this;
  }

  @Override
  public FieldSink struct(String name, String structure, int width, byte[] content) {
    expect(name, FieldKind.STRUCT);
    bytes.u32(strings.index(structure));
    bytes.u8(width);
    bytes.u32(content.length);
    bytes.bytes(content, content.length);
    return this;
  }
}
