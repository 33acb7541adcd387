/** Talking to a system that another process runs. */
package ringside.cli.control;
