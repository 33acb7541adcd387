package ringside.cli.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether HotSpot has next to nothing to compile any more: until then its threads take CPUs of the
 * host from those that are measured, and what is measured becomes faster by itself.
 *
 * <p>Invariant: the looks go back to the last one that is at least {@link #SPAN_NS} old. What a
 * method takes to compile is not seen before it is compiled, so the span is longer than any one
 * takes.
 */
final class CompilerRest {
  private static final long SPAN_NS = 4_000_000_000L;

  /** Of one CPU, over the span. */
  private static final double MOST = 0.05;

  private static final double NS_PER_MS = 1e6;

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /**
   * @param compiledMs by then, all of its threads together
   */
  private record Look(long ns, long compiledMs) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * To be asked again and again.
   *
   * @param ns the host's monotonic clock
   * @return false, too, until there have been looks for long enough
   */
  boolean rests(long ns) {
    return rests(ns, COMPILER.getTotalCompilationTime());
  }

  boolean rests(long ns, long compiledMs) {
    looks.addLast(new Look(ns, compiledMs));
    Look oldest = looks.removeFirst();
    while (!looks.isEmpty() && ns - looks.getFirst().ns >= SPAN_NS) {
      oldest = looks.removeFirst();
    }
    looks.addFirst(oldest);
    long span = ns - oldest.ns;
    return span >= SPAN_NS && (compiledMs - oldest.compiledMs) * NS_PER_MS <= MOST * span;
  }
}
