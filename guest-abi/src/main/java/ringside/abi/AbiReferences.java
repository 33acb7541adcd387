package ringside.abi;

import java.util.List;
import java.util.Optional;

/** Checks that the names of constant groups and errors in a table exist. */
final class AbiReferences {
  private AbiReferences() {}

  static void check(Abi abi) {
    for (AbiModule module : abi.modules()) {
      module.aliases().forEach(a -> group(abi, a.name(), a.group()));
      module.structs().forEach(s -> fields(abi, s));
      module.hypercalls().forEach(h -> hypercall(abi, h));
    }
    errors(abi, "every hypercall", abi.commonErrors());
  }

  private static void fields(Abi abi, AbiStruct struct) {
    for (AbiField field : struct.fields()) {
      group(abi, struct.name() + "." + field.name(), field.group());
      if (field.type() instanceof AbiStruct inner && inner.inline()) {
        fields(abi, inner);
      }
    }
  }

  private static void hypercall(Abi abi, AbiHypercall hypercall) {
    hypercall.arguments().forEach(a -> group(abi, hypercall.name(), a.group()));
    errors(abi, hypercall.name(), hypercall.errors());
    errors(abi, hypercall.name(), hypercall.unsupported().stream().toList());
    for (AbiSubOp op : hypercall.ops()) {
      errors(abi, op.name(), op.errors());
      errors(abi, op.name(), op.unsupported().stream().toList());
    }
  }

  private static void group(Abi abi, String user, Optional<String> name) {
    if (name.isPresent() && abi.group(name.get()).isEmpty()) {
      throw new IllegalArgumentException(user + ": no constants " + name.get());
    }
  }

  private static void errors(Abi abi, String user, List<AbiError> errors) {
    for (AbiError error : errors) {
      boolean known =
          abi.group(Abi.ERRNO).stream()
              .flatMap(g -> g.constants().stream())
              .anyMatch(c -> c.name().equals(error.errno()));
      if (!known) {
        throw new IllegalArgumentException(user + ": no error " + error.errno());
      }
    }
  }
}
