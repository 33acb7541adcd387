package ringside.cli.compare;

/**
 * What judges execute: machine code that ends in INT3, and the state it begins with.
 *
 * @param address of the code
 */
record Order(long address, byte[] code, State state) {}
