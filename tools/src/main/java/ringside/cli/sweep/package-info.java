/** Many deterministic runs of one system, each with a server killed at another point. */
package ringside.cli.sweep;
