package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import ringside.cpu.x86.CodeMode;

/**
 * The regions of an engine, by what code they stand for: whoever runs the same bytes at the same
 * address finds them made already.
 *
 * <p>Invariant: at most {@link #LIMIT} regions are kept; the least recently used give way, and
 * their classes are unloaded once nobody runs them. Nothing that a guest can see depends on when,
 * or whether, a region is made.
 */
public final class Translations {
  /** Some 8 KiB of metaspace each. */
  private static final int LIMIT = 4096;

  private static final int HOT = 1_000;

  private record Key(long rip, CodeMode mode, Flavour flavour, boolean prompt, int hash) {}

  /** A region that was asked for. */
  public static final class Ticket {
    /** Null until it is made. */
    volatile Region region;

    /** Nothing will come. */
    volatile boolean refused;
  }

  private final Executor executor;
  private final LongSupplier hostNs;
  private final int hot;
  private final int haste;
  private final Map<Key, List<Region>> regions = new HashMap<>();
  private final List<Region> live = new ArrayList<>();
  private final Statistics statistics = new Statistics();
  private volatile long clock;

  /**
   * Of what is hot after {@link #HOT} executions.
   *
   * @param executor where regions are made: threads in the background, the caller's own, or none
   * @param hostNs the host's time, by which regions are compared
   */
  public Translations(Executor executor, LongSupplier hostNs) {
    this(executor, HOT, 1, hostNs);
  }

  /**
   * @param hot executions of a block after which a region is made of it, at least 1
   * @param haste after a so much smaller number of ways out a region is made anew, at least 1
   * @param hostNs the host's time, by which regions are compared
   */
  public Translations(Executor executor, int hot, int haste, LongSupplier hostNs) {
    this.executor = executor;
    this.hostNs = hostNs;
    this.hot = hot;
    this.haste = haste;
  }

  int hot() {
    return hot;
  }

  /** Of so many ways out or in, as many as are waited for here. */
  int patient(int count) {
    return Math.max(1, count / haste);
  }

  long hostNs() {
    return hostNs.getAsLong();
  }

  long clock() {
    return clock;
  }

  public Statistics statistics() {
    return statistics;
  }

  /** All that are kept, oldest first. */
  public synchronized List<Region> all() {
    return List.copyOf(live);
  }

  /** All that was counted. */
  public synchronized TranslatorReport report() {
    long[] left = new long[Place.values().length];
    for (Region region : live) {
      region.addLeft(left);
    }
    return new TranslatorReport(
        statistics.ticks(),
        statistics.translatedTicks(),
        statistics.requests.sum(),
        statistics.regions.sum(),
        statistics.instructions.sum(),
        statistics.bytecode.sum(),
        statistics.hits.sum(),
        statistics.dropped.sum(),
        statistics.invalidations.sum(),
        Region.reasons(left),
        live.stream()
            .map(Region::report)
            .sorted(Comparator.comparingLong(RegionReport::ticks).reversed())
            .toList());
  }

  private static Key key(Region.Bytes entry, CodeMode mode, Flavour flavour, boolean prompt) {
    return new Key(entry.rip(), mode, flavour, prompt, Arrays.hashCode(entry.code()));
  }

  /** Regions that may be entered at this code; the newest first. */
  synchronized List<Region> find(
      Region.Bytes entry, CodeMode mode, Flavour flavour, boolean prompt) {
    return List.copyOf(regions.getOrDefault(key(entry, mode, flavour, prompt), List.of()));
  }

  /** How many there are with this one's entry, itself included. */
  synchronized int like(Region region, int entry) {
    return regions.getOrDefault(key(region, region.begins.get(entry)), List.of()).size();
  }

  /** Has a region made, now or later. */
  Ticket request(Shape shape) {
    Ticket ticket = new Ticket();
    statistics.requests.increment();
    executor.execute(() -> make(shape, ticket));
    return ticket;
  }

  private void make(Shape shape, Ticket ticket) {
    try {
      RegionWriter.Result made = RegionWriter.write(shape);
      if (made != null) {
        Region region = new Region(made);
        add(region);
        ticket.region = region;
      }
    } finally {
      ticket.refused = ticket.region == null;
    }
  }

  private synchronized void add(Region region) {
    clock++;
    region.used = clock;
    statistics.made(region);
    live.add(region);
    for (Region.Bytes entry : region.begins) {
      regions.computeIfAbsent(key(region, entry), k -> new ArrayList<>()).addFirst(region);
    }
    if (live.size() > LIMIT) {
      live.stream().min(Comparator.comparingLong(r -> r.used)).ifPresent(this::drop);
    }
  }

  private static Key key(Region region, Region.Bytes entry) {
    Shape shape = region.shape;
    return key(entry, shape.mode(), shape.flavour(), shape.prompt());
  }

  /** Gives up a region: nobody attaches it any more. */
  synchronized void drop(Region region) {
    region.dropped = true;
    if (live.remove(region)) {
      statistics.dropped.increment();
      for (Region.Bytes entry : region.begins) {
        List<Region> same = regions.get(key(region, entry));
        same.remove(region);
        if (same.isEmpty()) {
          regions.remove(key(region, entry));
        }
      }
    }
  }
}
