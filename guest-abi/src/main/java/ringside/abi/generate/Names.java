package ringside.abi.generate;

import java.util.Locale;

/** How names of the table are written in Java. */
final class Names {
  private Names() {}

  /** vcpu_time_info: VcpuTimeInfo; a '_' between digits stays: x86_32: X86_32. */
  static String type(String name) {
    StringBuilder out = new StringBuilder();
    for (String part : name.replaceAll("(?<=\\d)_(?=\\d)", "\0").split("_")) {
      if (!part.isEmpty()) {
        out.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return out.toString().replace('\0', '_');
  }

  /** tsc_to_system_mul: tscToSystemMul. */
  static String method(String name) {
    String type = type(name);
    return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
  }

  /** tsc_to_system_mul: TSC_TO_SYSTEM_MUL. */
  static String constant(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** The class of a module's constants. */
  static String constants(String module) {
    return type(module) + "Abi";
  }

  /** A sentence: with a capital at its beginning and a full stop at its end. */
  static String sentence(String doc) {
    String text = doc.isEmpty() ? "See the group" : doc;
    String end = text.endsWith(".") ? "" : ".";
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
  }
}
