package ringside.abi;

import java.util.Optional;

/**
 * A name for a scalar, such as domid_t.
 *
 * @param group constants that values of this type are taken from
 */
public record AbiAlias(String name, AbiType target, Optional<String> group, String doc)
    implements AbiType {
  @Override
  public int size(Width width) {
    return target.size(width);
  }

  @Override
  public int align(Width width) {
    return target.align(width);
  }

  @Override
  public AbiType resolved() {
    return target.resolved();
  }

  @Override
  public String toString() {
    return name;
  }
}
