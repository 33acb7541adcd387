package ringside.abi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the table; README.abi describes its language. Names are defined before they are used, only
 * constant groups may come later.
 */
final class AbiParser {
  private final List<AbiLine> lines;
  private int next;
  private final Map<String, AbiType> types = new LinkedHashMap<>();
  private final List<AbiModule> modules = new ArrayList<>();
  private final List<AbiError> common = new ArrayList<>();
  private AbiModuleBuilder module;

  private AbiParser(List<AbiLine> lines) {
    this.lines = lines;
    for (AbiScalar scalar : AbiScalar.values()) {
      types.put(scalar.toString(), scalar);
    }
  }

  static Abi parse(List<AbiLine> lines) {
    AbiParser parser = new AbiParser(lines);
    while (parser.next < lines.size()) {
      parser.top(lines.get(parser.next++));
    }
    parser.finishModule();
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return new Abi(parser.modules, parser.common, text.toString());
  }

  private void top(AbiLine line) {
    if (line.indent() != 0) {
      throw line.error("unexpected indentation");
    }
    String keyword = line.words().isEmpty() ? "" : line.words().getFirst();
    if (module == null && !keyword.equals("module")) {
      throw line.error("a file begins with 'module NAME \"text\"'");
    }
    switch (keyword) {
      case "module" -> module(line);
      case "type" -> alias(line);
      case "constants" -> constants(line, false);
      case "flags" -> constants(line, true);
      case "struct" -> struct(line);
      case "hypercall" -> module.hypercalls.add(hypercall(line));
      case "every" -> common.addAll(call(line).errors);
      default -> throw line.error("unknown word '" + keyword + "'");
    }
  }

  private void module(AbiLine line) {
    finishModule();
    module = new AbiModuleBuilder(line.word(1), line.doc());
  }

  private void finishModule() {
    if (module != null) {
      modules.add(module.build());
    }
  }

  private void alias(AbiLine line) {
    AbiWords words = new AbiWords(line, 1);
    String name = words.take();
    AbiType target = type(line, words.take());
    AbiAlias alias = new AbiAlias(name, target, group(words), line.doc());
    words.end();
    define(line, name, alias);
    module.aliases.add(alias);
  }

  private void define(AbiLine line, String name, AbiType type) {
    if (types.putIfAbsent(name, type) != null) {
      throw line.error("'" + name + "' is defined already");
    }
  }

  private void constants(AbiLine line, boolean flags) {
    List<AbiConstant> constants = new ArrayList<>();
    for (AbiLine child = child(line); child != null; child = child(line)) {
      AbiWords words = new AbiWords(child, 0);
      constants.add(constant(child, words.take(), words.take()));
      words.end();
    }
    module.groups.add(new AbiConstantGroup(line.word(1), flags, line.doc(), constants));
  }

  private static AbiConstant constant(AbiLine line, String name, String value) {
    return new AbiConstant(name, number(line, value), value.startsWith("0x"), line.doc());
  }

  private static long number(AbiLine line, String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw line.error("'" + text + "' is not a number");
    }
  }

  private void struct(AbiLine line) {
    AbiWords words = new AbiWords(line, 1);
    String name = words.take();
    boolean packed = words.takeIf("packed");
    words.end();
    AbiStruct struct = new AbiStruct(name, line.doc(), false, packed, false, fields(line));
    define(line, name, struct);
    module.structs.add(struct);
  }

  private List<AbiField> fields(AbiLine parent) {
    List<AbiField> fields = new ArrayList<>();
    for (AbiLine child = child(parent); child != null; child = child(parent)) {
      fields.add(field(child));
    }
    if (fields.isEmpty()) {
      throw parent.error("a structure needs fields");
    }
    return fields;
  }

  private AbiField field(AbiLine line) {
    AbiWords words = new AbiWords(line, 0);
    Direction direction = direction(line, words.take());
    String first = words.take();
    boolean compound = first.equals("struct") || first.equals("union");
    boolean inline = compound && nextIsDeeper(line);
    AbiType type;
    String name;
    if (inline) {
      name = words.take();
      type = new AbiStruct(name, line.doc(), first.equals("union"), false, true, fields(line));
    } else {
      type = type(line, compound ? words.take() : first);
      name = words.take();
    }
    Optional<Width> only = only(words);
    Optional<String> group = group(words);
    words.end();
    return new AbiField(
        name, type, direction, group.or(() -> groupOf(type)), only, line.doc(), 0, 0);
  }

  private static Optional<String> groupOf(AbiType type) {
    return switch (type) {
      case AbiAlias alias -> alias.group();
      case AbiArray array -> groupOf(array.element());
      case AbiScalar _, AbiPointer _, AbiStruct _ -> Optional.empty();
    };
  }

  private static Optional<Width> only(AbiWords words) {
    if (words.takeIf("@64")) {
      return Optional.of(Width.W64);
    }
    return words.takeIf("@32") ? Optional.of(Width.W32) : Optional.empty();
  }

  private static Optional<String> group(AbiWords words) {
    return words.takeIf("of") ? Optional.of(words.take()) : Optional.empty();
  }

  private static Direction direction(AbiLine line, String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "IN" -> Direction.IN;
      case "OUT" -> Direction.OUT;
      case "INOUT" -> Direction.INOUT;
      case "PAD" -> Direction.PAD;
      default -> throw line.error("'" + word + "' is not in, out, inout or pad");
    };
  }

  private AbiType type(AbiLine line, String text) {
    int bracket = text.indexOf('[');
    if (bracket >= 0 && text.endsWith("]")) {
      return array(
          line,
          type(line, text.substring(0, bracket)),
          text.substring(bracket + 1, text.length() - 1));
    }
    if (text.equals("ptr")) {
      return new AbiPointer(Optional.empty());
    }
    if (text.startsWith("ptr(") && text.endsWith(")")) {
      return new AbiPointer(Optional.of(type(line, text.substring(4, text.length() - 1))));
    }
    AbiType type = types.get(text);
    if (type == null) {
      throw line.error("unknown type '" + text + "'");
    }
    return type;
  }

  private static AbiType array(AbiLine line, AbiType element, String count) {
    if (count.isEmpty()) {
      return new AbiArray(element, 0, 0);
    }
    int bar = count.indexOf('|');
    String for64 = bar < 0 ? count : count.substring(0, bar);
    String for32 = bar < 0 ? count : count.substring(bar + 1);
    return new AbiArray(
        element, Math.toIntExact(number(line, for64)), Math.toIntExact(number(line, for32)));
  }

  private AbiHypercall hypercall(AbiLine line) {
    AbiCallLines call = call(line);
    AbiHypercall hypercall =
        new AbiHypercall(
            line.word(1),
            Math.toIntExact(number(line, line.word(2))),
            line.doc(),
            call.arguments,
            call.result,
            call.errors,
            call.unsupported,
            call.ops);
    call.opGroup(hypercall).ifPresent(module.groups::add);
    return hypercall;
  }

  /** The lines below a hypercall, a sub-operation or "every hypercall". */
  private AbiCallLines call(AbiLine parent) {
    AbiCallLines call = new AbiCallLines();
    for (AbiLine child = child(parent); child != null; child = child(parent)) {
      switch (child.words().getFirst()) {
        case "arg" -> call.arguments.add(argument(child));
        case "returns" -> call.result = child.doc();
        case "error" -> call.errors.add(new AbiError(child.word(1), child.doc()));
        case "unsupported" ->
            call.unsupported = Optional.of(new AbiError(child.word(1), child.doc()));
        case "op" -> call.ops.add(op(child));
        default -> throw child.error("unknown word '" + child.words().getFirst() + "'");
      }
    }
    return call;
  }

  private AbiArgument argument(AbiLine line) {
    AbiWords words = new AbiWords(line, 1);
    AbiType type = type(line, words.take());
    AbiArgument argument = new AbiArgument(words.take(), type, group(words), line.doc());
    words.end();
    return argument;
  }

  private AbiSubOp op(AbiLine line) {
    AbiWords words = new AbiWords(line, 1);
    String name = words.take();
    long value = number(line, words.take());
    Direction direction = words.more() ? direction(line, words.take()) : Direction.PAD;
    Optional<AbiType> argument = Optional.empty();
    if (direction != Direction.PAD) {
      words.takeIf("struct");
      argument = Optional.of(type(line, words.take()));
    }
    words.end();
    AbiCallLines call = call(line);
    return new AbiSubOp(
        name, value, argument, direction, line.doc(), call.result, call.errors, call.unsupported);
  }

  private boolean nextIsDeeper(AbiLine parent) {
    return next < lines.size() && lines.get(next).indent() > parent.indent();
  }

  /** The next line when it belongs below the parent, else null. */
  private AbiLine child(AbiLine parent) {
    return nextIsDeeper(parent) ? lines.get(next++) : null;
  }
}
