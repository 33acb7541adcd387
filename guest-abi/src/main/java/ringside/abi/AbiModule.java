package ringside.abi;

import java.util.List;

/**
 * One file of the table: what one of Xen's headers is about.
 *
 * @param doc its subject in one sentence
 */
public record AbiModule(
    String name,
    String doc,
    List<AbiAlias> aliases,
    List<AbiConstantGroup> groups,
    List<AbiStruct> structs,
    List<AbiHypercall> hypercalls) {
  public AbiModule {
    aliases = List.copyOf(aliases);
    groups = List.copyOf(groups);
    structs = List.copyOf(structs);
    hypercalls = List.copyOf(hypercalls);
  }
}
