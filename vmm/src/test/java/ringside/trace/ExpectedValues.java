package ringside.trace;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The values that a reader must find for an event; numbers are cut to the width of their field. */
final class ExpectedValues implements FieldSink {
  private final List<String> values = new ArrayList<>();

  static List<String> of(TraceEvent event) {
    ExpectedValues sink = new ExpectedValues();
    event.fields(sink);
    return sink.values;
  }

  static List<String> of(TraceRecord record) {
    ExpectedValues sink = new ExpectedValues();
    for (int i = 0; i < record.values().size(); i++) {
      String name = record.schema().fields().get(i).name();
      switch (record.values().get(i)) {
        case Value.Flag(boolean value) -> sink.flag(name, value);
        case Value.Number(long value) -> sink.u64(name, value);
        case Value.Text(String value) -> sink.text(name, value);
        case Value.Struct(String structure, int width, byte[] bytes) ->
            sink.struct(name, structure, width, bytes);
      }
    }
    return sink.values;
  }

  private FieldSink add(String name, Object value) {
    values.add(name + "=" + value);
    return this;
  }

  @Override
  public FieldSink flag(String name, boolean value) {
    return add(name, value);
  }

  @Override
  public FieldSink u8(String name, int value) {
    return add(name, value & 0xff);
  }

  @Override
  public FieldSink u16(String name, int value) {
    return add(name, value & 0xffff);
  }

  @Override
  public FieldSink u32(String name, int value) {
    return add(name, Integer.toUnsignedLong(value));
  }

  @Override
  public FieldSink u64(String name, long value) {
    return add(name, value);
  }

  @Override
  public FieldSink s64(String name, long value) {
    return add(name, value);
  }

  @Override
  public FieldSink hex(String name, long value) {
    return add(name, value);
  }

  @Override
  public FieldSink text(String name, String value) {
    return add(name, value);
  }

  @Override
  public FieldSink struct(String name, String structure, int width, byte[] bytes) {
    return add(
        name, structure + (width & 0xff) + List.of(bytes.length, HexFormat.of().formatHex(bytes)));
  }
}
