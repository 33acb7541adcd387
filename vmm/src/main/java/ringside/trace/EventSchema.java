package ringside.trace;

import java.util.List;

/** An event type as a file defines it: its name and its fields in order. */
public record EventSchema(String name, List<Field> fields) {
  /** A field's name and kind. */
  public record Field(String name, FieldKind kind) {}

  /** Position of a field, or -1. */
  public int indexOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }
}
