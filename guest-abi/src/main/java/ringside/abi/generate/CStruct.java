package ringside.abi.generate;

import ringside.abi.AbiAlias;
import ringside.abi.AbiArray;
import ringside.abi.AbiField;
import ringside.abi.AbiPointer;
import ringside.abi.AbiScalar;
import ringside.abi.AbiStruct;
import ringside.abi.AbiType;
import ringside.abi.Direction;
import ringside.abi.Width;

/** Writes a structure in C with assertions on its layout. */
final class CStruct {
  private static final String ALIGN_AS_I386 = "__attribute__((packed, aligned(4)))";
  private final Source out;

  CStruct(Source out) {
    this.out = out;
  }

  void write(AbiStruct struct) {
    out.comment("", "/*", struct.doc());
    body(struct, false);
    asserts(struct, false);
    out.blank();
    if (struct.differsByWidth()) {
      out.comment("", "/*", "struct " + struct.name() + " in the layout of a 32-bit caller.");
      body(struct, true);
      asserts(struct, true);
      out.blank();
    }
  }

  private void body(AbiStruct struct, boolean compat) {
    out.line("struct " + (compat ? "compat_" : "") + struct.name() + " {");
    fields(struct, compat, "    ");
    out.line("}" + (struct.packed() ? " __attribute__((packed))" : "") + ";");
  }

  private void fields(AbiStruct struct, boolean compat, String indent) {
    for (AbiField field : struct.fields()) {
      guarded(field, compat, () -> field(field, compat, indent));
    }
  }

  private void guarded(AbiField field, boolean compat, Runnable write) {
    if (field.only().isEmpty()) {
      write.run();
    } else if (compat) {
      if (field.presentIn(Width.W32)) {
        write.run();
      }
    } else {
      out.line(field.presentIn(Width.W64) ? "#if defined(__x86_64__)" : "#if defined(__i386__)");
      write.run();
      out.line("#endif");
    }
  }

  private void field(AbiField field, boolean compat, String indent) {
    if (field.type() instanceof AbiStruct inner && inner.inline()) {
      String kind = inner.union() ? "union" : "struct";
      out.line(indent + kind + " {" + comment(field));
      fields(inner, compat, indent + "    ");
      out.line(indent + "} " + field.name() + ";");
      return;
    }
    AbiType type = field.type();
    String count = "";
    if (type instanceof AbiArray array) {
      count = "[" + count(array, compat) + "]";
      type = array.element();
    }
    String name = compat ? compatType(type) : type(type);
    String attribute = compat && alignedTo8(type) ? " " + ALIGN_AS_I386 : "";
    String line = indent + name + field.name() + count + attribute + ";";
    if (line.length() + comment(field).length() > 100) {
      out.comment(indent, "/*", words(field)).line(line);
    } else {
      out.line(line + comment(field));
    }
  }

  /** Whether 64-bit code aligns to 8 what i386 aligns to 4. */
  private static boolean alignedTo8(AbiType type) {
    return switch (type.resolved()) {
      case AbiScalar scalar -> scalar != AbiScalar.ULONG && scalar.align(Width.W64) == 8;
      case AbiStruct struct -> !struct.differsByWidth() && struct.align(Width.W64) == 8;
      case AbiPointer _, AbiAlias _, AbiArray _ -> false;
    };
  }

  private static String count(AbiArray array, boolean compat) {
    if (array.count64() == array.count32()) {
      return Integer.toString(array.count64());
    }
    return compat
        ? Integer.toString(array.count32())
        : "sizeof(void *) == 8 ? " + array.count64() + " : " + array.count32();
  }

  private static String comment(AbiField field) {
    String words = words(field);
    return words.isEmpty() ? "" : " /* " + words + " */";
  }

  private static String words(AbiField field) {
    String direction = field.direction() == Direction.PAD ? "" : field.direction().toString();
    String group = field.group().map(g -> ", " + g).orElse("");
    String doc = field.doc().isEmpty() ? "" : ": " + field.doc();
    return direction + group + doc;
  }

  private static String type(AbiType type) {
    return switch (type) {
      case AbiScalar scalar -> scalar(scalar) + " ";
      case AbiAlias alias -> alias.name() + " ";
      case AbiStruct struct -> struct + " ";
      case AbiPointer pointer -> pointer.target().map(CStruct::type).orElse("void ") + "*";
      case AbiArray array -> throw new IllegalArgumentException(array + " of an array");
    };
  }

  private static String compatType(AbiType type) {
    return switch (type) {
      case AbiPointer _ -> "uint32_t ";
      case AbiStruct struct ->
          struct.differsByWidth() ? "struct compat_" + struct.name() + " " : struct + " ";
      case AbiScalar scalar -> (scalar == AbiScalar.ULONG ? "uint32_t" : scalar(scalar)) + " ";
      case AbiAlias alias -> alias.resolved() == AbiScalar.ULONG ? "uint32_t " : alias.name() + " ";
      case AbiArray array -> throw new IllegalArgumentException(array + " of an array");
    };
  }

  /** The name of a scalar in C. */
  static String scalar(AbiType type) {
    return switch ((AbiScalar) type.resolved()) {
      case U8 -> "uint8_t";
      case U16 -> "uint16_t";
      case U32 -> "uint32_t";
      case U64 -> "uint64_t";
      case S8 -> "int8_t";
      case S16 -> "int16_t";
      case S32 -> "int32_t";
      case S64 -> "int64_t";
      case CHAR -> "char";
      case ULONG -> "unsigned long";
    };
  }

  static String nameOf(AbiType type) {
    return switch (type) {
      case AbiStruct struct -> struct.name();
      case AbiAlias alias -> alias.name();
      case AbiScalar _, AbiPointer _, AbiArray _ -> "";
    };
  }

  private void asserts(AbiStruct struct, boolean compat) {
    String name = "struct " + (compat ? "compat_" : "") + struct.name();
    int size32 = struct.size(Width.W32);
    int size64 = compat ? size32 : struct.size(Width.W64);
    out.line("RINGSIDE_SIZE(%s, %d, %d);".formatted(name, size64, size32));
    offsets(name, "", struct, compat, 0, 0);
  }

  private void offsets(
      String name, String path, AbiStruct struct, boolean compat, int base64, int base32) {
    for (AbiField field : struct.fields()) {
      if (field.direction() != Direction.PAD) {
        int at32 = base32 + field.offset32();
        int at64 = compat ? at32 : base64 + field.offset64();
        String member = path + field.name();
        if (field.type() instanceof AbiStruct inner && inner.inline()) {
          offsets(name, member + ".", inner, compat, at64, at32);
        } else {
          String line = "RINGSIDE_OFFSET(%s, %s, %d, %d);".formatted(name, member, at64, at32);
          guarded(field, compat, () -> out.line(line));
        }
      }
    }
  }
}
