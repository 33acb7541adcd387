/** Reference semantics of the instructions, by mnemonic. */
package ringside.cpu.jvm.ops;
