package ringside.abi;

import java.util.Optional;

/** An argument of a hypercall, passed in a register. */
public record AbiArgument(String name, AbiType type, Optional<String> group, String doc) {}
