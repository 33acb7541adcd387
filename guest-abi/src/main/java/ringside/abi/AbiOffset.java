package ringside.abi;

/**
 * Where a field lies in both widths, for reading or writing that field alone in guest memory.
 *
 * @param name the field's path in its structure
 * @param offset64 byte offset in the 64-bit layout; -1 when absent
 * @param offset32 byte offset in the 32-bit layout; -1 when absent
 * @param size64 bytes in the 64-bit layout
 * @param size32 bytes in the 32-bit layout
 */
public record AbiOffset(String name, int offset64, int offset32, int size64, int size32) {
  /** Byte offset from the start of the structure. */
  public int offset(Width width) {
    int offset = width == Width.W64 ? offset64 : offset32;
    if (offset < 0) {
      throw new IllegalArgumentException(name + " does not exist in " + width);
    }
    return offset;
  }

  /** Size in bytes. */
  public int size(Width width) {
    return width == Width.W64 ? size64 : size32;
  }
}
