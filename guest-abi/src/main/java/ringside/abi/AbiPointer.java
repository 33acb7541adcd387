package ringside.abi;

import java.util.Optional;

/**
 * A guest linear address inside a structure (Xen: XEN_GUEST_HANDLE).
 *
 * @param target what it points to; empty for bytes of no fixed type
 */
public record AbiPointer(Optional<AbiType> target) implements AbiType {
  @Override
  public int size(Width width) {
    return width.longBytes();
  }

  @Override
  public int align(Width width) {
    return width.longBytes();
  }

  @Override
  public String toString() {
    return target.map(t -> "ptr(" + Abi.nameOf(t) + ")").orElse("ptr");
  }
}
