package ringside.abi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds and makes the pages of {@code ringside doc hypercall}. */
public final class HypercallDoc {
  private static final int SUGGESTIONS = 3;
  private final Abi abi;

  public HypercallDoc(Abi abi) {
    this.abi = abi;
  }

  /**
   * The page for a hypercall's name (with or without a prefix), its number, or the name of a
   * sub-operation; the last gives the hypercall's page with that operation alone.
   */
  public Optional<HypercallPage> find(String name) {
    Optional<AbiHypercall> whole = abi.hypercall(name).or(() -> byNumber(name));
    if (whole.isPresent()) {
      return whole.map(h -> page(h, h.ops()));
    }
    for (AbiHypercall hypercall : abi.hypercalls()) {
      for (AbiSubOp op : hypercall.ops()) {
        if (op.name().equals(name)) {
          return Optional.of(page(hypercall, List.of(op)));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<AbiHypercall> byNumber(String name) {
    return name.matches("\\d{1,9}") ? abi.hypercall(Long.parseLong(name)) : Optional.empty();
  }

  /** Names that {@link #find} knows and that come near, nearest first. */
  public List<String> suggestions(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    Stream<String> calls = abi.hypercalls().stream().map(AbiHypercall::name);
    Stream<String> ops =
        abi.hypercalls().stream().flatMap(h -> h.ops().stream()).map(AbiSubOp::name);
    return Stream.concat(calls, ops)
        .sorted(Comparator.comparingInt(candidate -> distance(wanted, candidate)))
        .limit(SUGGESTIONS)
        .toList();
  }

  /** Edit distance, small when one contains the other. */
  private static int distance(String wanted, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty() && (other.contains(wanted) || wanted.contains(other))) {
      return Math.abs(other.length() - wanted.length()) / 8;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= wanted.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replace = diagonal + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private HypercallPage page(AbiHypercall hypercall, List<AbiSubOp> ops) {
    Set<AbiStruct> structs = new LinkedHashSet<>();
    hypercall.arguments().forEach(a -> collect(a.type(), structs));
    ops.forEach(op -> op.argument().ifPresent(type -> collect(type, structs)));
    List<AbiError> errors = new ArrayList<>(hypercall.errors());
    errors.addAll(abi.commonErrors());
    return new HypercallPage(
        hypercall.name(),
        hypercall.number(),
        hypercall.doc(),
        prototype(hypercall),
        arguments(hypercall),
        hypercall.result(),
        hypercall.unsupported(),
        hypercall.unsupported().isPresent() ? List.of() : errors,
        ops.stream().map(HypercallDoc::operation).toList(),
        structs.stream().map(HypercallDoc::structure).toList(),
        groups(hypercall, structs));
  }

  private static void collect(AbiType type, Set<AbiStruct> structs) {
    switch (type) {
      case AbiStruct struct -> {
        if (struct.inline() || structs.add(struct)) {
          struct.fields().forEach(f -> collect(f.type(), structs));
        }
      }
      case AbiArray array -> collect(array.element(), structs);
      case AbiPointer pointer -> pointer.target().ifPresent(t -> collect(t, structs));
      case AbiAlias _, AbiScalar _ -> {}
    }
  }

  private static String prototype(AbiHypercall hypercall) {
    List<String> arguments =
        hypercall.arguments().stream().map(a -> Abi.nameOf(a.type()) + " " + a.name()).toList();
    String list = arguments.isEmpty() ? "void" : String.join(", ", arguments);
    return "long HYPERVISOR_" + hypercall.name() + "(" + list + ")";
  }

  private static List<HypercallPage.Argument> arguments(AbiHypercall hypercall) {
    List<List<String>> registers64 = hypercall.registers(Width.W64);
    List<List<String>> registers32 = hypercall.registers(Width.W32);
    List<HypercallPage.Argument> arguments = new ArrayList<>();
    for (AbiArgument a : hypercall.arguments()) {
      int i = arguments.size();
      arguments.add(
          new HypercallPage.Argument(
              a.name(),
              Abi.nameOf(a.type()),
              registers64.get(i),
              registers32.get(i),
              a.group(),
              a.doc()));
    }
    return arguments;
  }

  private static HypercallPage.Operation operation(AbiSubOp op) {
    return new HypercallPage.Operation(
        op.name(),
        op.value(),
        op.doc(),
        op.argument().map(type -> op.direction() + " " + type),
        op.result(),
        op.unsupported(),
        op.errors());
  }

  private static HypercallPage.Structure structure(AbiStruct struct) {
    List<HypercallPage.Field> fields = new ArrayList<>();
    fields("", struct, 0, 0, fields);
    return new HypercallPage.Structure(
        struct.name(), struct.doc(), struct.size(Width.W64), struct.size(Width.W32), fields);
  }

  private static void fields(
      String path, AbiStruct struct, int base64, int base32, List<HypercallPage.Field> into) {
    for (AbiField field : struct.fields()) {
      String name = path + field.name();
      into.add(
          new HypercallPage.Field(
              name,
              typeName(field.type()),
              field.direction().toString(),
              field.offset64() < 0 ? Optional.empty() : Optional.of(base64 + field.offset64()),
              field.offset32() < 0 ? Optional.empty() : Optional.of(base32 + field.offset32()),
              field.size(Width.W64),
              field.size(Width.W32),
              field.group(),
              field.doc()));
      if (field.type() instanceof AbiStruct inner && inner.inline()) {
        fields(name + ".", inner, base64 + field.offset64(), base32 + field.offset32(), into);
      }
    }
  }

  private static String typeName(AbiType type) {
    return type instanceof AbiStruct struct && struct.inline()
        ? struct.union() ? "union" : "struct"
        : type.toString();
  }

  /** The groups that are used, but not the hypercall's own operations. */
  private List<AbiConstantGroup> groups(AbiHypercall hypercall, Set<AbiStruct> structs) {
    Set<String> names = new LinkedHashSet<>();
    hypercall.arguments().forEach(a -> a.group().ifPresent(names::add));
    structs.forEach(s -> groups(s, names));
    names.remove(Abi.HYPERVISOR);
    return names.stream()
        .flatMap(name -> abi.group(name).stream())
        .filter(group -> !isOperations(hypercall, group))
        .toList();
  }

  private static boolean isOperations(AbiHypercall hypercall, AbiConstantGroup group) {
    return hypercall.ops().stream()
        .anyMatch(op -> op.name().equals(group.constants().getFirst().name()));
  }

  private static void groups(AbiStruct struct, Set<String> names) {
    for (AbiField field : struct.fields()) {
      field.group().ifPresent(names::add);
      if (field.type() instanceof AbiStruct inner && inner.inline()) {
        groups(inner, names);
      }
    }
  }
}
