package ringside.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A structure or union with its layout in both widths. Invariant: every field lies at the next
 * offset its alignment allows (a union's all lie at 0), and the size is rounded up to the greatest
 * alignment. A packed structure has alignment 1 throughout.
 *
 * @param name Xen's name without "struct"; of an inline one the name of its field
 * @param inline defined inside another structure and without a name of its own
 */
public record AbiStruct(
    String name, String doc, boolean union, boolean packed, boolean inline, List<AbiField> fields)
    implements AbiType {
  public AbiStruct {
    fields = place(union, packed, fields);
  }

  private static List<AbiField> place(boolean union, boolean packed, List<AbiField> fields) {
    List<AbiField> placed = new ArrayList<>();
    int next64 = 0;
    int next32 = 0;
    for (AbiField field : fields) {
      int at64 = union ? 0 : roundUp(next64, align(field, Width.W64, packed));
      int at32 = union ? 0 : roundUp(next32, align(field, Width.W32, packed));
      next64 = field.presentIn(Width.W64) ? at64 + field.size(Width.W64) : next64;
      next32 = field.presentIn(Width.W32) ? at32 + field.size(Width.W32) : next32;
      placed.add(
          field.at(field.presentIn(Width.W64) ? at64 : -1, field.presentIn(Width.W32) ? at32 : -1));
    }
    return List.copyOf(placed);
  }

  private static int align(AbiField field, Width width, boolean packed) {
    return packed || !field.presentIn(width) ? 1 : field.type().align(width);
  }

  private static int roundUp(int value, int align) {
    return (value + align - 1) / align * align;
  }

  @Override
  public int size(Width width) {
    int end = 0;
    for (AbiField field : fields) {
      if (field.presentIn(width)) {
        end = Math.max(end, field.offset(width) + field.size(width));
      }
    }
    return roundUp(end, align(width));
  }

  @Override
  public int align(Width width) {
    int align = 1;
    for (AbiField field : fields) {
      align = Math.max(align, align(field, width, packed));
    }
    return align;
  }

  /** The field of that name, if there is one. */
  public Optional<AbiField> field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
  }

  /** True when a 32-bit caller lays the structure out otherwise than a 64-bit one. */
  public boolean differsByWidth() {
    return size(Width.W64) != size(Width.W32)
        || fields.stream().anyMatch(f -> f.offset64() != f.offset32() || differs(f.type()));
  }

  private static boolean differs(AbiType type) {
    return switch (type.resolved()) {
      case AbiStruct struct -> struct.differsByWidth();
      case AbiArray array ->
          array.size(Width.W64) != array.size(Width.W32) || differs(array.element());
      case AbiType other -> other.size(Width.W64) != other.size(Width.W32);
    };
  }

  @Override
  public String toString() {
    return (union ? "union " : "struct ") + name;
  }
}
