/** The engine of our own: an interpreter, and a translator from x86-64 to JVM bytecode. */
package ringside.cpu.jvm;
