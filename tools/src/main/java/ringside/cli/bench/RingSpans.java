package ringside.cli.bench;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What runs of rings took, in turns. On several CPUs only those count in which each thread had one:
 * else one measures how long a peer was away.
 */
final class RingSpans {
  /** Of its span, that a thread has to have executed in a run that counts. */
  private static final double OVERLAP = 0.95;

  /** That the others are compared with. */
  private static final String LOCK = "lock";

  /** What one run was, as whoever ran it says: "scq pairwise 8", behind a first word. */
  record Load(String ring, String mode, int vcpus) {
    static Load of(String[] words) {
      return new Load(words[1], words[2], Integer.parseInt(words[3]));
    }

    Load of(String otherRing) {
      return new Load(otherRing, mode, vcpus);
    }
  }

  /** Nanoseconds, and how many of them that thread executed which executed least. */
  private record Span(long ns, long leastNs) {
    boolean counts() {
      return leastNs >= OVERLAP * ns;
    }
  }

  private final Map<Load, List<Span>> spans = new LinkedHashMap<>();
  private final int operations;
  private final int warmUp;

  /**
   * @param operations of one run
   * @param warmUp runs of a load that do not count, the first ones
   */
  RingSpans(int operations, int warmUp) {
    this.operations = operations;
    this.warmUp = warmUp;
  }

  void add(Load load, long ns, long leastNs) {
    spans.computeIfAbsent(load, l -> new ArrayList<>()).add(new Span(ns, leastNs));
  }

  /** Those that ran, in the order of their first runs. */
  Set<Load> loads() {
    return spans.keySet();
  }

  /** A load's nanoseconds of an operation; without values where no run counted. */
  Sample sample(String title, Load load) {
    List<Double> values = values(load);
    if (values.isEmpty()) {
      return Sample.none(title, "ns", "in no sample had every thread a CPU of the host for itself");
    }
    String how = "a put or take, %d samples".formatted(values.size());
    OptionalDouble ratio = besideLock(load);
    if (ratio.isPresent()) {
      how += String.format(Locale.ROOT, "; %.2f x the lock ring's speed", ratio.getAsDouble());
    }
    return Sample.of(title, "ns", values, how);
  }

  /** The same, with what it is natively. */
  Sample sample(String title, Load load, RingSpans natively) {
    Sample own = sample(title, load);
    if (own.values().isEmpty() || natively.values(load).isEmpty()) {
      return own;
    }
    String how = own.how();
    OptionalDouble ratio = natively.besideLock(load);
    if (besideLock(load).isPresent() && ratio.isPresent()) {
      how += String.format(Locale.ROOT, " (natively %.2f x)", ratio.getAsDouble());
    }
    how += String.format(Locale.ROOT, "; %.2f x native", own.median() / natively.median(load));
    return Sample.of(title, own.unit(), own.values(), how);
  }

  /** A ring's speed by the lock ring's under the same load: above 1 is faster. */
  private OptionalDouble besideLock(Load load) {
    Load lock = load.of(LOCK);
    return values(load).isEmpty() || values(lock).isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(median(lock) / median(load));
  }

  private double median(Load load) {
    return Quantiles.median().compute(values(load));
  }

  private List<Double> values(Load load) {
    return spans.getOrDefault(load, List.of()).stream()
        .skip(warmUp)
        .filter(Span::counts)
        .map(span -> (double) span.ns / operations)
        .toList();
  }
}
