package ringside.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Constants that belong together.
 *
 * @param flags values are bits to be combined; otherwise a value is exactly one of them
 */
public record AbiConstantGroup(
    String name, boolean flags, String doc, List<AbiConstant> constants) {
  public AbiConstantGroup {
    constants = List.copyOf(constants);
  }

  /** The first constant with that value. */
  public Optional<AbiConstant> byValue(long value) {
    return constants.stream().filter(c -> c.value() == value).findFirst();
  }

  /**
   * The symbolic text of a value: a name, or for flags the names joined by '|' with what is left
   * over in hexadecimal. Empty when no name fits.
   */
  public Optional<String> symbol(long value) {
    Optional<AbiConstant> exact = byValue(value);
    if (exact.isPresent() || !flags) {
      return exact.map(AbiConstant::name);
    }
    List<String> names = new ArrayList<>();
    long rest = value;
    for (AbiConstant constant : constants) {
      if (constant.value() != 0 && (rest & constant.value()) == constant.value()) {
        names.add(constant.name());
        rest &= ~constant.value();
      }
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (rest != 0) {
      names.add("0x" + Long.toHexString(rest));
    }
    return Optional.of(String.join("|", names));
  }
}
