package ringside.abi;

import java.util.Optional;

/**
 * A field of a structure, placed in both widths.
 *
 * @param group constants the value is taken from
 * @param only the one width the field exists in; empty when it exists in both
 * @param offset64 byte offset in the 64-bit layout; -1 when absent there
 * @param offset32 byte offset in the 32-bit layout; -1 when absent there
 */
public record AbiField(
    String name,
    AbiType type,
    Direction direction,
    Optional<String> group,
    Optional<Width> only,
    String doc,
    int offset64,
    int offset32) {
  public boolean presentIn(Width width) {
    return only.isEmpty() || only.get() == width;
  }

  /** Byte offset from the start of the enclosing structure. */
  public int offset(Width width) {
    if (!presentIn(width)) {
      throw new IllegalArgumentException(name + " does not exist in " + width);
    }
    return width == Width.W64 ? offset64 : offset32;
  }

  /** Size in bytes; 0 where the field does not exist. */
  public int size(Width width) {
    return presentIn(width) ? type.size(width) : 0;
  }

  AbiField at(int newOffset64, int newOffset32) {
    return new AbiField(name, type, direction, group, only, doc, newOffset64, newOffset32);
  }
}
