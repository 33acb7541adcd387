/** Hot code to JVM bytecode. */
package ringside.cpu.jvm.translate;
