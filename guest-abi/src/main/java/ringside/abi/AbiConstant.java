package ringside.abi;

/**
 * A named number.
 *
 * @param value as a signed 64-bit number
 * @param hex whether the table writes it in hexadecimal, so that generated files do too
 */
public record AbiConstant(String name, long value, boolean hex, String doc) {
  /** The number as the table writes it. */
  public String literal() {
    return hex ? "0x" + Long.toHexString(value) : Long.toString(value);
  }
}
