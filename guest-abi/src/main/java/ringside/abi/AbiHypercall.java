package ringside.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hypercall.
 *
 * @param name without the prefix {@code __HYPERVISOR_}
 * @param unsupported the error Ringside always answers, when it does not implement the call
 */
public record AbiHypercall(
    String name,
    int number,
    String doc,
    List<AbiArgument> arguments,
    String result,
    List<AbiError> errors,
    Optional<AbiError> unsupported,
    List<AbiSubOp> ops) {
  private static final List<String> REGISTERS_64 = List.of("rdi", "rsi", "rdx", "r10", "r8", "r9");
  private static final List<String> REGISTERS_32 =
      List.of("ebx", "ecx", "edx", "esi", "edi", "ebp");

  public AbiHypercall {
    arguments = List.copyOf(arguments);
    errors = List.copyOf(errors);
    ops = List.copyOf(ops);
  }

  /** The constant's name: {@code __HYPERVISOR_} and the name. */
  public String constantName() {
    return "__HYPERVISOR_" + name;
  }

  /** The operation with that command number. */
  public Optional<AbiSubOp> op(long command) {
    return ops.stream().filter(op -> op.value() == command).findFirst();
  }

  /**
   * The registers of each argument in order; a 64-bit argument of a 32-bit caller takes two, the
   * low half first.
   */
  public List<List<String>> registers(Width width) {
    List<String> free = new ArrayList<>(width == Width.W64 ? REGISTERS_64 : REGISTERS_32);
    List<List<String>> taken = new ArrayList<>();
    for (AbiArgument argument : arguments) {
      int count = argument.type().size(width) > width.longBytes() ? 2 : 1;
      List<String> registers = free.subList(0, count);
      taken.add(List.copyOf(registers));
      registers.clear();
    }
    return taken;
  }
}
