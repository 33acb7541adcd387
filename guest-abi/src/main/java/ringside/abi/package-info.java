/**
 * The guest contract, defined once.
 *
 * <p>The table in {@code src/main/resources/ringside/abi/*.abi} is the one place that says which
 * hypercalls, constants and structures exist. {@link ringside.abi.Abi} reads it; {@link
 * ringside.abi.Generate} writes from it the constants and structure classes of {@code
 * ringside.abi.gen} and the C headers of the guests; the trace decoder and {@code ringside doc
 * hypercall} ask the table itself.
 */
package ringside.abi;
