package ringside.trace;

/** What a field is; the code is its number in a trace file. */
public enum FieldKind {
  FLAG(1),
  U8(2),
  U16(3),
  U32(4),
  U64(5),
  S64(6),
  HEX(7),
  TEXT(8),
  STRUCT(9);

  private static final FieldKind[] BY_CODE = values();

  private final int code;

  FieldKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Null when there is no such kind. */
  static FieldKind of(int code) {
    return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
  }
}
