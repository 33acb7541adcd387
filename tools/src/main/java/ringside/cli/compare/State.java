package ringside.cli.compare;

/**
 * What a sequence begins with.
 *
 * @param general RAX RCX RDX RBX RSP RBP RSI RDI R8 to R15
 * @param fx as FXRSTOR wants it
 * @param memory the data pages, then the stack's
 */
record State(long[] general, long rflags, byte[] fx, byte[] memory) {}
