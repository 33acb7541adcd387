package ringside.abi.generate;

import java.util.ArrayList;
import java.util.List;
import ringside.abi.Abi;
import ringside.abi.AbiConstant;
import ringside.abi.AbiConstantGroup;
import ringside.abi.AbiModule;

/** Writes the class that holds a module's constants. */
final class JavaConstants {
  private JavaConstants() {}

  static List<AbiConstantGroup> groups(Abi abi, AbiModule module) {
    List<AbiConstantGroup> groups = new ArrayList<>(module.groups());
    if (module.name().equals("xen")) {
      groups.add(abi.group(Abi.HYPERVISOR).orElseThrow());
    }
    return groups;
  }

  static String write(Abi abi, AbiModule module) {
    Source out = new Source();
    out.line("package ringside.abi.gen;").blank();
    out.comment("", "/**", module.doc() + " Generated from " + module.name() + ".abi.");
    out.line("public final class " + Names.constants(module.name()) + " {");
    out.line("  private " + Names.constants(module.name()) + "() {}");
    for (AbiConstantGroup group : groups(abi, module)) {
      out.blank();
      out.lineComment("  // ", group.name() + ": " + group.doc());
      group.constants().forEach(c -> constant(out, c));
    }
    return out.line("}").toString();
  }

  private static void constant(Source out, AbiConstant constant) {
    long value = constant.value();
    boolean isInt = value == (int) value;
    String literal =
        isInt && value < 0 ? Long.toString(value) : constant.literal() + (isInt ? "" : "L");
    out.blank();
    out.comment("  ", "/**", Names.sentence(constant.doc()));
    String type = isInt ? "int" : "long";
    out.line("  public static final " + type + " " + constant.name() + " = " + literal + ";");
  }
}
