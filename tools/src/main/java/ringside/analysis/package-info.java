/** What can be learned from a trace file: data only, the commands in ringside.cli.trace show it. */
package ringside.analysis;
