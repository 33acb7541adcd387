package ringside.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EventFamiliesTest {
  @Test
  void everyRecordOfEveryFamilyIsListedOnce() {
    Set<String> types = new TreeSet<>();
    for (Class<?> record : AnyEvent.RECORDS) {
      assertTrue(types.add(AnyEvent.of(record).sample().type()), record + " has a name of another");
    }
    assertEquals(types, new TreeSet<>(EventTypes.ALL));
    assertEquals(types.size(), EventTypes.ALL.size());
  }

  @Test
  void namesOfTypesAreDottedAndNamesOfFieldsAreSnakeCaseAndUnique() {
    for (Class<?> record : AnyEvent.RECORDS) {
      EventSchema schema = SchemaSink.of(AnyEvent.of(record).sample());
      assertTrue(schema.name().matches("[a-z]+\\.[a-z_]+"), schema.name());
      Set<String> names = new HashSet<>();
      for (EventSchema.Field field : schema.fields()) {
        assertTrue(field.name().matches("[a-z][a-z0-9_]*"), field.name());
        assertTrue(names.add(field.name()), schema.name() + " has two fields " + field.name());
      }
      assertEquals(record.getRecordComponents().length, expectedComponents(schema));
    }
  }

  /** A structure's name and width are components of the record, but one field. */
  private static int expectedComponents(EventSchema schema) {
    long structures =
        schema.fields().stream().filter(field -> field.kind() == FieldKind.STRUCT).count();
    return schema.fields().size() + 2 * (int) structures;
  }
}
