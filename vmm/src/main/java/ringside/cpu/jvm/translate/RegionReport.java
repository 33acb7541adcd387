package ringside.cpu.jvm.translate;

import java.util.Map;

/**
 * What is known of one region.
 *
 * @param rip of its first entry, hexadecimal
 * @param begins at how many blocks it may be entered
 * @param memory how it reaches memory: window or tlb
 * @param blocks of guest code
 * @param instructions of guest code
 * @param bytecode bytes of the method, see {@link RegionWriter}
 * @param entries how often it was entered
 * @param ticks executed in it
 * @param left how often it was left, by reason
 */
public record RegionReport(
    String rip,
    String mode,
    int begins,
    String memory,
    int blocks,
    int instructions,
    int bytecode,
    long entries,
    long ticks,
    Map<String, Long> left) {}
