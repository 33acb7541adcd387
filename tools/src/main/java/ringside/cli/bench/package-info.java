/** Benchmarks: the only place of Ringside that looks at the host's clock. */
package ringside.cli.bench;
