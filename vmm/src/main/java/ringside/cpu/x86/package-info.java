/** The x86-64 instruction set: its table and the decoder. Knows nothing of an engine. */
package ringside.cpu.x86;
