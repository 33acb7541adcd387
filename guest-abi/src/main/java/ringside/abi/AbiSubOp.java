package ringside.abi;

import java.util.List;
import java.util.Optional;

/**
 * One operation of a hypercall that has several.
 *
 * @param value the command number
 * @param argument what the pointer argument points to; empty when it is ignored or absent
 * @param direction of the argument as a whole
 * @param result what a success returns
 * @param unsupported the error Ringside always answers, when it does not implement the operation
 */
public record AbiSubOp(
    String name,
    long value,
    Optional<AbiType> argument,
    Direction direction,
    String doc,
    String result,
    List<AbiError> errors,
    Optional<AbiError> unsupported) {
  public AbiSubOp {
    errors = List.copyOf(errors);
  }

  /** The structure the pointer argument points to, also when it is an array of them. */
  public Optional<AbiStruct> struct() {
    return argument
        .map(AbiType::resolved)
        .map(t -> t instanceof AbiArray array ? array.element().resolved() : t)
        .flatMap(t -> t instanceof AbiStruct struct ? Optional.of(struct) : Optional.empty());
  }
}
