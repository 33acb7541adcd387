package ringside.abi;

import java.util.List;
import java.util.Optional;

/**
 * The page about one hypercall, as data. {@link HypercallText} is the same as text.
 *
 * @param prototype as it would be declared in C
 * @param unsupported the error Ringside always answers, when it does not implement the call
 * @param structures those that arguments point to or contain, outer ones first
 * @param constants groups that arguments and fields take their values from
 */
public record HypercallPage(
    String name,
    int number,
    String summary,
    String prototype,
    List<Argument> arguments,
    String result,
    Optional<AbiError> unsupported,
    List<AbiError> errors,
    List<Operation> operations,
    List<Structure> structures,
    List<AbiConstantGroup> constants) {

  /** An argument and the registers it is passed in. */
  public record Argument(
      String name,
      String type,
      List<String> registers64,
      List<String> registers32,
      Optional<String> group,
      String meaning) {}

  /**
   * A sub-operation.
   *
   * @param argument direction and type of what the pointer argument points to
   */
  public record Operation(
      String name,
      long number,
      String summary,
      Optional<String> argument,
      String result,
      Optional<AbiError> unsupported,
      List<AbiError> errors) {}

  /** A structure with its sizes in bytes. */
  public record Structure(
      String name, String meaning, int size64, int size32, List<Field> fields) {}

  /**
   * A field; those of nested structures without a name carry a path such as {@code u.port}.
   *
   * @param offset64 in bytes; empty when the field does not exist in that width
   * @param offset32 in bytes; empty when the field does not exist in that width
   */
  public record Field(
      String name,
      String type,
      String direction,
      Optional<Integer> offset64,
      Optional<Integer> offset32,
      int size64,
      int size32,
      Optional<String> group,
      String meaning) {}
}
