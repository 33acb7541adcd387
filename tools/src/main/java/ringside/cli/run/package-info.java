/** Runs a described system on a machine and reports how it ended. */
package ringside.cli.run;
