package ringside.abi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table, read. Invariant: every name used in it is defined in it. {@link #xen()} is the one of
 * this build; a trace file carries its own ({@link #serialize()}, {@link #parse(String)}).
 */
public final class Abi {
  /** The group that holds the error numbers, by their names without XEN_. */
  public static final String ERRNO = "errno";

  /** The group that holds the hypercall numbers. */
  public static final String HYPERVISOR = "HYPERVISOR";

  private final List<AbiModule> modules;
  private final List<AbiError> commonErrors;
  private final String text;
  private final Map<String, AbiStruct> structs = new LinkedHashMap<>();
  private final Map<String, AbiConstantGroup> groups = new LinkedHashMap<>();
  private final Map<String, AbiHypercall> hypercalls = new LinkedHashMap<>();

  Abi(List<AbiModule> modules, List<AbiError> commonErrors, String text) {
    this.modules = List.copyOf(modules);
    this.commonErrors = List.copyOf(commonErrors);
    this.text = text;
    for (AbiModule module : modules) {
      module.structs().forEach(s -> structs.put(s.name(), s));
      module.groups().forEach(g -> unique(groups.put(g.name(), g), g.name()));
      module.hypercalls().forEach(h -> unique(hypercalls.put(h.name(), h), h.name()));
    }
    groups.put(HYPERVISOR, hypercallNumbers());
    AbiReferences.check(this);
  }

  private AbiConstantGroup hypercallNumbers() {
    List<AbiConstant> numbers =
        hypercalls().stream()
            .map(h -> new AbiConstant(h.constantName(), h.number(), false, h.doc()))
            .toList();
    return new AbiConstantGroup(HYPERVISOR, false, "Numbers of hypercalls.", numbers);
  }

  private static void unique(Object previous, String name) {
    if (previous != null) {
      throw new IllegalArgumentException(name + " is defined twice");
    }
  }

  /** The table of this build. */
  public static Abi xen() {
    return Loaded.XEN;
  }

  private static final class Loaded {
    static final Abi XEN = load();
  }

  private static Abi load() {
    List<AbiLine> lines = new ArrayList<>();
    for (AbiLine line : AbiLine.read("README.abi", resource("README.abi"))) {
      if (!line.word(0).equals("include")) {
        throw line.error("README.abi holds 'include NAME' only");
      }
      String file = line.word(1) + ".abi";
      lines.addAll(AbiLine.read(file, resource(file)));
    }
    return AbiParser.parse(lines);
  }

  private static String resource(String file) {
    try (InputStream in = Abi.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource ringside/abi/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table from one text, as {@link #serialize()} wrote it.
   *
   * @throws AbiSyntaxError with file:line when it is wrong
   */
  public static Abi parse(String text) {
    return parse("abi", text);
  }

  /** Reads a table from one text; the file name is for messages. */
  public static Abi parse(String file, String text) {
    return AbiParser.parse(AbiLine.read(file, text));
  }

  /** The whole table as text, without comments. */
  public String serialize() {
    return text;
  }

  public List<AbiModule> modules() {
    return modules;
  }

  /** All hypercalls in ascending order of their numbers. */
  public List<AbiHypercall> hypercalls() {
    return hypercalls.values().stream()
        .sorted((a, b) -> Integer.compare(a.number(), b.number()))
        .toList();
  }

  /** Errors any hypercall can end with. */
  public List<AbiError> commonErrors() {
    return commonErrors;
  }

  /** A hypercall by its name, with or without the prefix. */
  public Optional<AbiHypercall> hypercall(String name) {
    return Optional.ofNullable(hypercalls.get(name.replaceFirst("^(__)?HYPERVISOR_", "")));
  }

  public Optional<AbiHypercall> hypercall(long number) {
    return hypercalls.values().stream().filter(h -> h.number() == number).findFirst();
  }

  /**
   * What a call answers that Ringside does not implement: the negative error that the table gives
   * for the hypercall or for the operation, -ENOSYS for what the table does not know.
   */
  public long unsupportedResult(int number, long command) {
    Optional<AbiHypercall> hypercall = hypercall(number);
    Optional<AbiError> error =
        hypercall
            .flatMap(AbiHypercall::unsupported)
            .or(() -> hypercall.flatMap(h -> h.op(command)).flatMap(AbiSubOp::unsupported));
    return -errno(error.map(AbiError::errno).orElse("ENOSYS"));
  }

  private long errno(String name) {
    return group(ERRNO).stream()
        .flatMap(g -> g.constants().stream())
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  public Optional<AbiStruct> struct(String name) {
    return Optional.ofNullable(structs.get(name));
  }

  public Optional<AbiConstantGroup> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  public List<AbiStruct> structs() {
    return List.copyOf(structs.values());
  }

  public List<AbiConstantGroup> groups() {
    return List.copyOf(groups.values());
  }

  /**
   * The fields of a structure in order, nested ones flattened.
   *
   * @param bytes at least the structure's size in that width; what lies behind it is ignored
   * @throws IllegalArgumentException for an unknown structure or too few bytes
   */
  public List<AbiValue> decode(String structName, Width width, byte[] bytes) {
    AbiStruct struct =
        struct(structName)
            .orElseThrow(() -> new IllegalArgumentException("no structure " + structName));
    return new AbiDecoder(this, width, bytes).decode(struct);
  }

  /**
   * The arguments of a hypercall in order.
   *
   * @param registers the argument registers in order; those that are missing count as 0
   */
  public List<AbiValue> decodeArguments(AbiHypercall hypercall, Width width, long... registers) {
    List<AbiValue> values = new ArrayList<>();
    int next = 0;
    for (AbiArgument argument : hypercall.arguments()) {
      AbiType type = argument.type();
      long value = next < registers.length ? registers[next++] : 0;
      if (type.size(width) > width.longBytes()) {
        value = value & 0xffff_ffffL | (next < registers.length ? registers[next++] : 0) << 32;
      }
      boolean signed = type.resolved() instanceof AbiScalar scalar && scalar.signed();
      int unused = 64 - type.size(width) * 8;
      long exact = signed ? value << unused >> unused : value << unused >>> unused;
      String text = AbiDecoder.text(this, exact, type, argument.group());
      values.add(new AbiValue(argument.name(), exact, text));
    }
    return List.copyOf(values);
  }

  /** The name of a type as written in the table. */
  public static String nameOf(AbiType type) {
    return type instanceof AbiStruct struct ? struct.name() : type.toString();
  }
}
