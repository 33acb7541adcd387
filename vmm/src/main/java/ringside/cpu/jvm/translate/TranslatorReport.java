package ringside.cpu.jvm.translate;

import java.util.List;
import java.util.Map;

/**
 * What an engine's translator has done so far.
 *
 * @param ticks executed by all processors whose run is over
 * @param translatedTicks of those, in regions
 * @param requests for regions
 * @param regions made
 * @param instructions of guest code in them
 * @param bytecode bytes of their methods
 * @param hits blocks whose region another processor, or an earlier life, had had made
 * @param dropped regions that gave way to newer ones
 * @param invalidations regions let go by a processor since their code was written or moved
 * @param left how often regions were left, by reason
 * @param kept the regions that are kept, by ticks
 */
public record TranslatorReport(
    long ticks,
    long translatedTicks,
    long requests,
    long regions,
    long instructions,
    long bytecode,
    long hits,
    long dropped,
    long invalidations,
    Map<String, Long> left,
    List<RegionReport> kept) {}
