package ringside.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.trace.ItemCursor.Bad;

/** The strings and event types of a file, as far as it was read. Meeting one again is allowed. */
final class Definitions {
  private final List<String> strings = new ArrayList<>();
  private final List<EventSchema> types = new ArrayList<>();
  private final Map<String, EventSchema> byName = new HashMap<>();

  /** The event types so far, in the order of their first use. */
  List<EventSchema> types() {
    return List.copyOf(types);
  }

  void defineString(ItemCursor item) throws Bad {
    long at = item.at();
    long index = item.u32();
    String text = item.text(item.left());
    if (index == strings.size() + 1L) {
      strings.add(text);
    } else if (index < 1 || index > strings.size() || !strings.get((int) index - 1).equals(text)) {
      throw new Bad(at, "string " + index + " where " + (strings.size() + 1) + " comes next");
    }
  }

  void defineType(ItemCursor item) throws Bad {
    long at = item.at();
    int kind = item.u16();
    String name = string(item);
    int count = item.u16();
    List<EventSchema.Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long fieldAt = item.at();
      int code = item.u8();
      FieldKind fieldKind = FieldKind.of(code);
      if (fieldKind == null) {
        throw new Bad(fieldAt, "no field kind " + code);
      }
      fields.add(new EventSchema.Field(string(item), fieldKind));
    }
    add(at, kind, new EventSchema(name, List.copyOf(fields)));
  }

  private void add(long at, int kind, EventSchema schema) throws Bad {
    int place = kind - TraceFormat.FIRST_EVENT;
    if (place >= 0 && place < types.size() && types.get(place).equals(schema)) {
      return;
    }
    if (place != types.size() || byName.putIfAbsent(schema.name(), schema) != null) {
      throw new Bad(at, "event type " + schema.name() + " has the number " + kind);
    }
    types.add(schema);
  }

  EventSchema type(int kind, long at) throws Bad {
    int place = kind - TraceFormat.FIRST_EVENT;
    if (place < 0 || place >= types.size()) {
      throw new Bad(at, "an item of kind " + kind + ", which was not defined");
    }
    return types.get(place);
  }

  /** Every field of an event. */
  List<Value> values(EventSchema schema, ItemCursor item) throws Bad {
    List<Value> values = new ArrayList<>(schema.fields().size());
    for (EventSchema.Field field : schema.fields()) {
      values.add(value(field.kind(), item));
    }
    return values;
  }

  private Value value(FieldKind kind, ItemCursor item) throws Bad {
    return switch (kind) {
      case FLAG -> new Value.Flag(item.u8() != 0);
      case U8 -> new Value.Number(item.u8());
      case U16 -> new Value.Number(item.u16());
      case U32 -> new Value.Number(item.u32());
      case U64, S64, HEX -> new Value.Number(item.u64());
      case TEXT -> {
        long at = item.at();
        long index = item.u32();
        yield new Value.Text(index == 0 ? item.text32() : string(index, at));
      }
      case STRUCT -> new Value.Struct(string(item), item.u8(), item.bytes(item.u32()));
    };
  }

  private String string(ItemCursor item) throws Bad {
    long at = item.at();
    return string(item.u32(), at);
  }

  private String string(long index, long at) throws Bad {
    if (index < 1 || index > strings.size()) {
      throw new Bad(at, "string " + index + " was not defined");
    }
    return strings.get((int) index - 1);
  }
}
