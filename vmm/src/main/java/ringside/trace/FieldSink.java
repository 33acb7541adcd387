package ringside.trace;

/**
 * Where a trace event puts its fields, in a fixed order per event type. The sink decides what they
 * become: bytes of the trace file, its schema, text. Names are snake_case, and constant per event.
 */
public interface FieldSink {
  FieldSink flag(String name, boolean value);

  FieldSink u8(String name, int value);

  FieldSink u16(String name, int value);

  FieldSink u32(String name, int value);

  FieldSink u64(String name, long value);

  FieldSink s64(String name, long value);

  /** As u64, to be shown in hexadecimal: addresses, registers, flags. */
  FieldSink hex(String name, long value);

  FieldSink text(String name, String value);

  /**
   * A structure of the ABI as it stood in guest memory.
   *
   * @param structure its name in the ABI table; bytes may be fewer than its size
   * @param width 64 or 32: whose layout it has
   */
  FieldSink struct(String name, String structure, int width, byte[] bytes);
}
