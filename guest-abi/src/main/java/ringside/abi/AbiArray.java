package ringside.abi;

/**
 * Elements one after the other; the count may depend on the width. Count 0 stands for "as many as
 * the caller says" and occurs only as the argument of a sub-operation.
 */
public record AbiArray(AbiType element, int count64, int count32) implements AbiType {
  public int count(Width width) {
    return width == Width.W64 ? count64 : count32;
  }

  /** True when the caller says how many elements there are. */
  public boolean open() {
    return count64 == 0;
  }

  @Override
  public int size(Width width) {
    return element.size(width) * count(width);
  }

  @Override
  public int align(Width width) {
    return element.align(width);
  }

  @Override
  public String toString() {
    String count =
        open() ? "" : count64 == count32 ? Integer.toString(count64) : count64 + "|" + count32;
    return Abi.nameOf(element) + "[" + count + "]";
  }
}
