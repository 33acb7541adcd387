/** The verbs {@code ringside fs}: files of a volume while nothing runs. */
package ringside.cli.fs;
