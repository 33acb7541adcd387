/** The commands of {@code ringside trace}: what they take and how they show it. */
package ringside.cli.trace;
