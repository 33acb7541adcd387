package ringside.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import ringside.abi.Abi;
import ringside.abi.AbiConstantGroup;
import ringside.abi.AbiStruct;
import ringside.abi.AbiSyntaxError;
import ringside.abi.AbiValue;
import ringside.abi.Width;
import ringside.trace.EventSchema;
import ringside.trace.FieldKind;
import ringside.trace.FileEvent;
import ringside.trace.GrantEvent;
import ringside.trace.HypercallEvent;
import ringside.trace.TraceHeader;
import ringside.trace.TraceRecord;
import ringside.trace.Value;

/**
 * Gives the fields of events their meaning: names of errors and statuses, arguments of hypercalls,
 * fields of structures. The ABI table is the one in the file, so that an old file keeps its
 * meaning; a file without one is read with that of this build.
 */
public final class EventDecoder {
  private static final String FILE_OPERATIONS = "IVMC_FILE";
  private static final int ELEMENTS_SHOWN = 8;
  private static final int BYTES_SHOWN = 64;

  private final Abi abi;

  public EventDecoder(Abi abi) {
    this.abi = abi;
  }

  /**
   * @throws AbiSyntaxError when the file's table cannot be read
   */
  public static EventDecoder of(TraceHeader header) {
    String table = header.get(TraceHeader.ABI);
    return new EventDecoder(
        table.isEmpty() ? Abi.xen() : Abi.parse("ABI table of the trace", table));
  }

  /** Every field in order. */
  public List<DecodedField> fields(TraceRecord record) {
    List<DecodedField> fields = new ArrayList<>();
    for (int i = 0; i < record.values().size(); i++) {
      EventSchema.Field field = record.schema().fields().get(i);
      fields.add(field(record, field, record.values().get(i)));
    }
    return fields;
  }

  /** The arguments of a hypercall as its prototype names them; nothing when it is unknown. */
  public List<AbiValue> arguments(TraceRecord entry) {
    Width width = width(entry);
    long[] registers = new long[6];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = entry.number("a" + (i + 1), 0);
    }
    return abi.hypercall(entry.number("number", -1))
        .map(call -> abi.decodeArguments(call, width, registers))
        .orElse(List.of());
  }

  private static Width width(TraceRecord entry) {
    int i = entry.schema().indexOf("argument");
    return i >= 0 && entry.values().get(i) instanceof Value.Struct s && s.width() == 32
        ? Width.W32
        : Width.W64;
  }

  /** The name of a negative hypercall result: EINVAL for -22. */
  public Optional<String> errno(long result) {
    return result >= 0 || result < -4095 ? Optional.empty() : symbol(Abi.ERRNO, -result);
  }

  /** Name of a file operation in lower case, as openat; its number when the table has none. */
  public String fileOperation(long op) {
    return symbol(FILE_OPERATIONS, op)
        .map(name -> name.replaceFirst("^" + FILE_OPERATIONS + "_", "").toLowerCase(Locale.ROOT))
        .orElse(Long.toString(op));
  }

  /** Fields on one line. */
  public String line(TraceRecord record) {
    return record.type().equals(HypercallEvent.ENTRY)
        ? entryLine(record)
        : fields(record).stream().map(DecodedField::toString).collect(Collectors.joining(" "));
  }

  private String entryLine(TraceRecord record) {
    List<AbiValue> arguments = arguments(record);
    if (arguments.isEmpty()) {
      return fields(record).stream().map(DecodedField::toString).collect(Collectors.joining(" "));
    }
    StringBuilder line = new StringBuilder(record.text("name", ""));
    line.append(
        arguments.stream().map(AbiValue::toString).collect(Collectors.joining(", ", "(", ")")));
    int i = record.schema().indexOf("argument");
    if (i >= 0
        && record.values().get(i) instanceof Value.Struct struct
        && struct.bytes().length > 0) {
      line.append(' ').append(struct.structure()).append(struct(struct).text());
    }
    return line.toString();
  }

  private DecodedField field(TraceRecord record, EventSchema.Field field, Value value) {
    return switch (value) {
      case Value.Flag(boolean flag) -> new DecodedField(field.name(), flag ? "1" : "0", flag);
      case Value.Number(long number) -> number(record, field, number);
      case Value.Text(String text) -> new DecodedField(field.name(), quoted(text), text);
      case Value.Struct struct -> named(field.name(), struct(struct));
    };
  }

  private DecodedField number(TraceRecord record, EventSchema.Field field, long number) {
    Optional<String> symbol = symbol(record, field.name(), number);
    if (symbol.isPresent()) {
      return new DecodedField(field.name(), symbol.get(), number);
    }
    if (field.kind() == FieldKind.HEX) {
      String hex = "0x" + Long.toHexString(number);
      return new DecodedField(field.name(), hex, hex);
    }
    if (field.kind() == FieldKind.U64 && number < 0) {
      BigInteger unsigned = new BigInteger(Long.toUnsignedString(number));
      return new DecodedField(field.name(), unsigned.toString(), unsigned);
    }
    return new DecodedField(field.name(), Long.toString(number), number);
  }

  private Optional<String> symbol(TraceRecord record, String field, long number) {
    if (record.type().equals(HypercallEvent.RETURN) && field.equals("result")) {
      return errno(number).map(name -> "-" + name);
    }
    if (FileEvent.TYPES.contains(record.type()) && field.equals("op")) {
      return symbol(FILE_OPERATIONS, number);
    }
    if (FileEvent.TYPES.contains(record.type()) && field.equals("result")) {
      return errno(number).map(name -> "-" + name);
    }
    return field.equals("status") && GrantEvent.TYPES.contains(record.type())
        ? symbol("GNTST", number)
        : Optional.empty();
  }

  private Optional<String> symbol(String group, long value) {
    return abi.group(group).flatMap((AbiConstantGroup g) -> g.symbol(value));
  }

  private static DecodedField named(String name, DecodedField field) {
    return new DecodedField(name, field.text(), field.json());
  }

  /** One structure or several in a row; bytes when the table does not explain them. */
  private DecodedField struct(Value.Struct value) {
    Optional<AbiStruct> struct = abi.struct(value.structure());
    Width width = value.width() == 32 ? Width.W32 : Width.W64;
    int size = struct.map(s -> s.size(width)).orElse(0);
    if (size == 0 || value.bytes().length < size) {
      return raw(value.bytes());
    }
    List<DecodedField> elements = new ArrayList<>();
    int count = value.bytes().length / size;
    for (int i = 0; i < count; i++) {
      byte[] one = Arrays.copyOfRange(value.bytes(), i * size, (i + 1) * size);
      elements.add(element(i, abi.decode(value.structure(), width, one)));
    }
    if (count == 1) {
      return elements.getFirst();
    }
    String text =
        elements.stream()
            .limit(ELEMENTS_SHOWN)
            .map(DecodedField::text)
            .collect(Collectors.joining(" "));
    return new DecodedField("", count > ELEMENTS_SHOWN ? text + " ..." : text, elements);
  }

  private static DecodedField element(int index, List<AbiValue> values) {
    String text =
        values.stream().map(AbiValue::toString).collect(Collectors.joining(", ", "{", "}"));
    List<DecodedField> parts =
        values.stream().map(v -> new DecodedField(v.name(), v.text(), v.text())).toList();
    return new DecodedField(Integer.toString(index), text, parts);
  }

  private static DecodedField raw(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    String shown = hex.length() > 2 * BYTES_SHOWN ? hex.substring(0, 2 * BYTES_SHOWN) + "..." : hex;
    return new DecodedField("", "[" + shown + "]", hex);
  }

  /** As it is when it is one plain word, else between quotes with what cannot be shown escaped. */
  private static String quoted(String text) {
    if (text.matches("[A-Za-z0-9_./:+-]+")) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c);
    };
  }
}
