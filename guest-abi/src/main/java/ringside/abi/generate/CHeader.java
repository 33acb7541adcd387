package ringside.abi.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.abi.Abi;
import ringside.abi.AbiAlias;
import ringside.abi.AbiArray;
import ringside.abi.AbiConstant;
import ringside.abi.AbiConstantGroup;
import ringside.abi.AbiField;
import ringside.abi.AbiModule;
import ringside.abi.AbiPointer;
import ringside.abi.AbiScalar;
import ringside.abi.AbiStruct;
import ringside.abi.AbiType;

/**
 * Writes the C header of a module. Structures have the layout of the compiler's own width; those
 * that differ exist once more as {@code compat_NAME} in the 32-bit layout.
 */
final class CHeader {
  private final Abi abi;
  private final AbiModule module;
  private final Map<String, String> homes = new LinkedHashMap<>();
  private final Source out = new Source();

  private CHeader(Abi abi, AbiModule module) {
    this.abi = abi;
    this.module = module;
    for (AbiModule each : abi.modules()) {
      each.aliases().forEach(a -> homes.put(a.name(), each.name()));
      each.structs().forEach(s -> homes.put(s.name(), each.name()));
    }
  }

  static String write(Abi abi, AbiModule module) {
    return new CHeader(abi, module).write();
  }

  /** The header that includes all others. */
  static String umbrella(Abi abi) {
    Source out = new Source();
    out.line("/* The whole guest ABI. Generated from the table; do not edit. */");
    out.line("#ifndef RINGSIDE_ABI_H").line("#define RINGSIDE_ABI_H").blank();
    abi.modules().forEach(m -> out.line("#include \"" + m.name() + ".h\""));
    return out.blank().line("#endif").toString();
  }

  /** The header with the assertions the others use. */
  static String layout() {
    return """
    /* Assertions on the layout of structures. Generated; do not edit. */
    #ifndef RINGSIDE_LAYOUT_H
    #define RINGSIDE_LAYOUT_H

    #if defined(__x86_64__)
    #define RINGSIDE_BY_WIDTH(if64, if32) (if64)
    #elif defined(__i386__)
    #define RINGSIDE_BY_WIDTH(if64, if32) (if32)
    #else
    #error "guests are x86-64 or i386 code"
    #endif

    #define RINGSIDE_SIZE(type, size64, size32)                                      \\
        _Static_assert(sizeof(type) == RINGSIDE_BY_WIDTH(size64, size32), "size of " #type)
    #define RINGSIDE_OFFSET(type, member, at64, at32)                                \\
        _Static_assert(__builtin_offsetof(type, member) == RINGSIDE_BY_WIDTH(at64, at32), \\
                       "offset of " #member)

    #endif
    """;
  }

  private String write() {
    String guard = "RINGSIDE_" + Names.constant(module.name()) + "_H";
    out.comment("", "/*", module.doc() + " Generated from " + module.name() + ".abi; do not edit.");
    out.line("#ifndef " + guard).line("#define " + guard).blank();
    Set<String> includes = includes();
    includes.forEach(i -> out.line("#include \"" + i + ".h\""));
    if (!includes.isEmpty()) {
      out.blank();
    }
    JavaConstants.groups(abi, module).forEach(this::group);
    out.line("#ifndef __ASSEMBLER__").blank();
    out.line("#include <stdint.h>").line("#include \"layout.h\"").blank();
    module.aliases().forEach(this::alias);
    for (AbiStruct struct : module.structs()) {
      new CStruct(out).write(struct);
    }
    out.line("#endif /* __ASSEMBLER__ */").blank();
    return out.line("#endif").toString();
  }

  private void group(AbiConstantGroup group) {
    String prefix = group.name().equals(Abi.ERRNO) ? "XEN_" : "";
    out.comment("", "/*", group.name() + ": " + group.doc());
    int longest = group.constants().stream().mapToInt(c -> c.name().length()).max().orElse(0);
    for (AbiConstant constant : group.constants()) {
      String pad = " ".repeat(longest - constant.name().length());
      String line = "#define " + prefix + constant.name() + pad + " " + literal(constant);
      String doc = " /* " + constant.doc() + " */";
      if (line.length() + doc.length() > 100) {
        out.comment("", "/*", constant.doc()).line(line);
      } else {
        out.line(line + doc);
      }
    }
    out.blank();
  }

  private static String literal(AbiConstant constant) {
    return constant.value() < 0 && !constant.hex()
        ? "(" + constant.literal() + ")"
        : constant.literal();
  }

  private void alias(AbiAlias alias) {
    out.comment("", "/*", alias.doc());
    out.line("typedef " + CStruct.scalar(alias.target()) + " " + alias.name() + ";").blank();
  }

  private Set<String> includes() {
    Set<String> includes = new LinkedHashSet<>();
    module.structs().forEach(s -> collect(s, includes));
    includes.remove(module.name());
    return includes;
  }

  private void collect(AbiStruct struct, Set<String> includes) {
    for (AbiField field : struct.fields()) {
      for (AbiType part : parts(field.type())) {
        if (part instanceof AbiStruct inner && inner.inline()) {
          collect(inner, includes);
        } else if (homes.containsKey(CStruct.nameOf(part))) {
          includes.add(homes.get(CStruct.nameOf(part)));
        }
      }
    }
  }

  private static List<AbiType> parts(AbiType type) {
    List<AbiType> parts = new ArrayList<>();
    switch (type) {
      case AbiArray array -> parts.addAll(parts(array.element()));
      case AbiPointer pointer -> pointer.target().ifPresent(t -> parts.addAll(parts(t)));
      case AbiScalar _, AbiAlias _, AbiStruct _ -> parts.add(type);
    }
    return parts;
  }
}
