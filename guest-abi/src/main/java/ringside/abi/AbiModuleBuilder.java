package ringside.abi;

import java.util.ArrayList;
import java.util.List;

/** A module while the parser reads it. */
final class AbiModuleBuilder {
  private final String name;
  private final String doc;
  final List<AbiAlias> aliases = new ArrayList<>();
  final List<AbiConstantGroup> groups = new ArrayList<>();
  final List<AbiStruct> structs = new ArrayList<>();
  final List<AbiHypercall> hypercalls = new ArrayList<>();

  AbiModuleBuilder(String name, String doc) {
    this.name = name;
    this.doc = doc;
  }

  AbiModule build() {
    return new AbiModule(name, doc, aliases, groups, structs, hypercalls);
  }
}
