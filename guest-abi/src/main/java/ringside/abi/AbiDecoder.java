package ringside.abi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the bytes of a structure into named values. Padding is left out; unions show all views. */
final class AbiDecoder {
  private final Abi abi;
  private final Width width;
  private final byte[] bytes;
  private final List<AbiValue> values = new ArrayList<>();

  AbiDecoder(Abi abi, Width width, byte[] bytes) {
    this.abi = abi;
    this.width = width;
    this.bytes = bytes;
  }

  List<AbiValue> decode(AbiStruct struct) {
    if (bytes.length < struct.size(width)) {
      throw new IllegalArgumentException(
          struct + " takes " + struct.size(width) + " bytes, got " + bytes.length);
    }
    struct("", struct, 0);
    return List.copyOf(values);
  }

  private void struct(String prefix, AbiStruct struct, int base) {
    for (AbiField field : struct.fields()) {
      if (field.presentIn(width) && field.direction() != Direction.PAD) {
        String name = prefix + field.name();
        value(name, field.type().resolved(), base + field.offset(width), field.group());
      }
    }
  }

  private void value(String name, AbiType type, int at, Optional<String> group) {
    switch (type) {
      case AbiStruct struct -> struct(name + ".", struct, at);
      case AbiArray array -> array(name, array, at, group);
      case AbiPointer pointer -> {
        long value = read(at, pointer.size(width), false);
        values.add(new AbiValue(name, value, text(abi, value, pointer, group)));
      }
      case AbiScalar scalar -> {
        long value = read(at, scalar.size(width), scalar.signed());
        values.add(new AbiValue(name, value, text(abi, value, scalar, group)));
      }
      case AbiAlias alias -> value(name, alias.resolved(), at, group);
    }
  }

  private void array(String name, AbiArray array, int at, Optional<String> group) {
    if (array.element() == AbiScalar.CHAR) {
      values.add(new AbiValue(name, 0, quoted(at, array.count(width))));
      return;
    }
    int step = array.element().size(width);
    for (int i = 0; i < array.count(width); i++) {
      value(name + "[" + i + "]", array.element().resolved(), at + i * step, group);
    }
  }

  private String quoted(int at, int length) {
    int end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** A number for people: its symbolic name when the group has one. */
  static String text(Abi abi, long value, AbiType type, Optional<String> group) {
    return group
        .flatMap(abi::group)
        .flatMap(g -> g.symbol(value))
        .orElseGet(
            () ->
                type.resolved() instanceof AbiScalar scalar
                    ? plain(value, scalar)
                    : "0x" + Long.toHexString(value));
  }

  private static String plain(long value, AbiScalar scalar) {
    boolean wide = scalar == AbiScalar.U64 || scalar == AbiScalar.ULONG;
    boolean small = value >= -9999 && value <= 0xffff;
    return scalar.signed() || (small && !wide) || (value >= 0 && value < 10)
        ? Long.toString(value)
        : "0x" + Long.toHexString(value);
  }

  private long read(int at, int size, boolean signed) {
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    int unused = 64 - size * 8;
    return signed ? value << unused >> unused : value;
  }
}
