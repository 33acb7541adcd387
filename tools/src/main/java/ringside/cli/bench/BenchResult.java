package ringside.cli.bench;

import java.util.List;

/**
 * What {@code ringside bench --format json} prints.
 *
 * @param processors of the host
 */
public record BenchResult(
    String command,
    String version,
    String engine,
    String engineVersion,
    String host,
    int processors,
    List<Sample> results) {}
