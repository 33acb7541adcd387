package ringside.abi.generate;

import java.util.ArrayList;
import java.util.List;
import ringside.abi.AbiAlias;
import ringside.abi.AbiArray;
import ringside.abi.AbiField;
import ringside.abi.AbiPointer;
import ringside.abi.AbiScalar;
import ringside.abi.AbiStruct;
import ringside.abi.AbiType;
import ringside.abi.Direction;
import ringside.abi.Width;

/** Writes the class of one structure. Inline structures and unions are flattened into it. */
final class JavaStruct {
  private final AbiStruct struct;
  private final Source out = new Source();

  /** A field with its path and place in the outermost structure. */
  private record Placed(String path, AbiField field, int at64, int at32) {}

  private JavaStruct(AbiStruct struct) {
    this.struct = struct;
  }

  static String write(AbiStruct struct) {
    return new JavaStruct(struct).write();
  }

  private String write() {
    String name = Names.type(struct.name());
    int size64 = struct.size(Width.W64);
    int size32 = struct.size(Width.W32);
    List<Placed> fields = new ArrayList<>();
    place(fields, "", struct, 0, 0);
    out.line("package ringside.abi.gen;").blank();
    out.line("import ringside.abi.AbiOffset;");
    out.line("import ringside.abi.Snapshot;");
    out.line("import ringside.abi.Width;").blank();
    out.comment("", "/**", "{@code struct " + struct.name() + "}. " + struct.doc());
    out.line("public final class " + name + " extends Snapshot {");
    fields.forEach(this::offset);
    out.line("  private " + name + "(byte[] bytes, int base, Width width) {");
    out.line("    super(bytes, base, width, size(width));");
    out.line("  }").blank();
    out.line("  /** Size in bytes. */");
    out.line("  public static int size(Width width) {");
    out.line("    return " + choose("width == Width.W64", size64, size32) + ";");
    out.line("  }").blank();
    out.line("  /** The structure that begins at index 0 of the bytes. */");
    out.line("  public static " + name + " of(byte[] bytes, Width width) {");
    out.line("    return new " + name + "(bytes, 0, width);");
    out.line("  }").blank();
    out.line("  /** The structure that begins at an index of the bytes. */");
    out.line("  public static " + name + " of(byte[] bytes, int base, Width width) {");
    out.line("    return new " + name + "(bytes, base, width);");
    out.line("  }").blank();
    out.line("  /** A structure of zeros. */");
    out.line("  public static " + name + " zero(Width width) {");
    out.line("    return new " + name + "(new byte[size(width)], 0, width);");
    out.line("  }").blank();
    out.line("  @Override");
    out.line("  public String structName() {");
    out.line("    return \"" + struct.name() + "\";");
    out.line("  }");
    fields.forEach(this::accessors);
    return out.line("}").toString();
  }

  private void place(List<Placed> fields, String prefix, AbiStruct in, int base64, int base32) {
    for (AbiField field : in.fields()) {
      if (field.direction() == Direction.PAD) {
        continue;
      }
      String path = prefix + field.name();
      int at64 = field.offset64() < 0 ? -1 : base64 + field.offset64();
      int at32 = field.offset32() < 0 ? -1 : base32 + field.offset32();
      if (field.type() instanceof AbiStruct inner && inner.inline()) {
        place(fields, path + "_", inner, at64, at32);
      } else {
        fields.add(new Placed(path, field, at64, at32));
      }
    }
  }

  private void offset(Placed p) {
    out.comment("  ", "/**", p.field.direction() + " " + p.field.type() + doc(p.field));
    String head = "  public static final AbiOffset " + Names.constant(p.path) + " =";
    String value =
        "new AbiOffset(\"%s\", %d, %d, %d, %d);"
            .formatted(p.path, p.at64, p.at32, p.field.size(Width.W64), p.field.size(Width.W32));
    if (head.length() + 1 + value.length() <= 100) {
      out.line(head + " " + value);
    } else {
      out.line(head).line("      " + value);
    }
    out.blank();
  }

  private static String doc(AbiField field) {
    String only = field.only().map(w -> ", " + w + " only").orElse("");
    String group = field.group().map(g -> ", one of " + g).orElse("");
    return only + group + (field.doc().isEmpty() ? "" : ": " + field.doc()) + ".";
  }

  private static String choose(String condition, int if64, int if32) {
    return if64 == if32 ? Integer.toString(if64) : condition + " ? " + if64 + " : " + if32;
  }

  private void accessors(Placed p) {
    String at =
        p.at64 < 0 || p.at32 < 0
            ? Names.constant(p.path) + ".offset(width())"
            : choose("w64", p.at64, p.at32);
    String name = Names.method(p.path);
    AbiType type = p.field.type().resolved();
    if (type instanceof AbiArray array) {
      array(p, name, at, array);
    } else if (type instanceof AbiStruct inner) {
      String javaType = Names.type(inner.name());
      method("The nested structure, over the same bytes.", javaType + " " + name + "()");
      out.line("    return " + nested(javaType, at) + ";").line("  }");
    } else {
      scalar(p, name, at, Access.of(type));
    }
  }

  private static String nested(String javaType, String at) {
    String offset = at.startsWith("w64 ?") ? "(" + at + ")" : at;
    return javaType + ".of(bytes, base + " + offset + ", width())";
  }

  private void method(String doc, String signature) {
    out.blank().comment("  ", "/**", Names.sentence(doc));
    out.line("  public " + signature + " {");
  }

  private void scalar(Placed p, String name, String at, Access access) {
    method(
        p.field.doc().isEmpty() ? "Gets " + p.path : p.field.doc(),
        access.type + " " + name + "()");
    out.line("    return " + access.get + "(" + at + ");").line("  }");
    method("Sets " + p.path, "void " + name + "(long value)");
    out.line("    " + access.put + "(" + at + ", value);").line("  }");
  }

  private void array(Placed p, String name, String at, AbiArray array) {
    String count = choose("w64", array.count64(), array.count32());
    AbiType element = array.element().resolved();
    if (element == AbiScalar.CHAR) {
      method("Text up to its NUL", "String " + name + "()");
      out.line("    return getText(" + at + ", " + count + ");").line("  }");
      method("Sets the text and fills with zeros", "void " + name + "(String text)");
      out.line("    putText(" + at + ", " + count + ", text);").line("  }");
      return;
    }
    String step = choose("w64", element.size(Width.W64), element.size(Width.W32));
    String where = "element(" + at + ", index, " + count + ", " + step + ")";
    if (element instanceof AbiStruct inner) {
      String javaType = Names.type(inner.name());
      method("An element, over the same bytes", javaType + " " + name + "(int index)");
      out.line("    return " + nested(javaType, where) + ";").line("  }");
      return;
    }
    Access access = Access.of(element);
    method(
        p.field.doc().isEmpty() ? "Gets an element" : p.field.doc(),
        access.type + " " + name + "(int index)");
    out.line("    return " + access.get + "(" + where + ");").line("  }");
    method("Sets an element of " + p.path, "void " + name + "(int index, long value)");
    out.line("    " + access.put + "(" + where + ", value);").line("  }");
  }

  /** How a scalar is read and written. */
  private enum Access {
    U8("int", "getU8", "put8"),
    S8("int", "getS8", "put8"),
    U16("int", "getU16", "put16"),
    S16("int", "getS16", "put16"),
    U32("long", "getU32", "put32"),
    S32("int", "getS32", "put32"),
    X64("long", "get64", "put64"),
    LONG("long", "getLong", "putLong");

    final String type;
    final String get;
    final String put;

    Access(String type, String get, String put) {
      this.type = type;
      this.get = get;
      this.put = put;
    }

    static Access of(AbiType type) {
      return switch (type) {
        case AbiPointer _ -> LONG;
        case AbiScalar scalar ->
            switch (scalar) {
              case U8, CHAR -> U8;
              case U16 -> U16;
              case U32 -> U32;
              case U64, S64 -> X64;
              case S8 -> S8;
              case S16 -> S16;
              case S32 -> S32;
              case ULONG -> LONG;
            };
        case AbiAlias alias -> of(alias.resolved());
        case AbiArray _, AbiStruct _ -> throw new IllegalArgumentException(type + " is no scalar");
      };
    }
  }
}
