package ringside.abi;

/** A type of the table. It knows its size and alignment in both widths. */
public sealed interface AbiType permits AbiScalar, AbiAlias, AbiPointer, AbiArray, AbiStruct {
  /** Size in bytes. */
  int size(Width width);

  /** Alignment in bytes. */
  int align(Width width);

  /** The type with all aliases taken off. */
  default AbiType resolved() {
    return this;
  }
}
