/**
 * Random instruction sequences, executed by several judges that must agree: the engine's
 * interpreter, its translated code, Unicorn, and the processor of this computer.
 */
package ringside.cli.compare;
