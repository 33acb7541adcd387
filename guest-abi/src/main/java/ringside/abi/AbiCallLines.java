package ringside.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the lines below a hypercall or a sub-operation said. */
final class AbiCallLines {
  final List<AbiArgument> arguments = new ArrayList<>();
  final List<AbiError> errors = new ArrayList<>();
  final List<AbiSubOp> ops = new ArrayList<>();
  String result = "0";
  Optional<AbiError> unsupported = Optional.empty();

  /** The command numbers as a constant group, named by the argument that carries them. */
  Optional<AbiConstantGroup> opGroup(AbiHypercall hypercall) {
    return ops.isEmpty()
        ? Optional.empty()
        : arguments.stream()
            .flatMap(argument -> argument.group().stream())
            .findFirst()
            .map(name -> new AbiConstantGroup(name, false, doc(hypercall), constants()));
  }

  private static String doc(AbiHypercall hypercall) {
    return "Operations of " + hypercall.name() + ".";
  }

  private List<AbiConstant> constants() {
    return ops.stream().map(op -> new AbiConstant(op.name(), op.value(), false, op.doc())).toList();
  }
}
