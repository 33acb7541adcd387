/** The {@code ringside} command: verbs, their options, and what they print. */
package ringside.cli;
