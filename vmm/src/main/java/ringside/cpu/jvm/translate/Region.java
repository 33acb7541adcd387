package ringside.cpu.jvm.translate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translated code, for all processors of an engine that run the same bytes at the same addresses.
 *
 * <p>Invariant: its code does what the bytes of its parts say, in its mode, with flat segments.
 */
public final class Region {
  /** What code a part stands for. */
  record Bytes(long rip, byte[] code) {}

  final Shape shape;
  final RegionCode code;
  final List<Bytes> bytes;

  /** Those of the blocks at which it may be entered, in the order of {@link Shape#entries}. */
  final List<Bytes> begins;

  /** Of the method. */
  final int bytecode;

  /** There was no room for all blocks that were chosen. */
  final boolean cut;

  /** XMM registers are used: not while SSE is switched off. */
  final boolean vectors;

  /** Taken out of the cache, to be attached no more. */
  volatile boolean dropped;

  /** {@link Translations#clock} when it was last entered, as far as other threads have heard. */
  long used;

  // What processors have told, see Attachment.
  private long entries;
  private long ticks;
  private final long[] left = new long[Place.values().length];

  Region(RegionWriter.Result made) {
    this.shape = made.shape();
    this.code = made.code();
    this.bytecode = made.size();
    this.cut = made.cut();
    this.vectors = !Registers.of(shape).xmms().isEmpty();
    this.bytes = shape.chosen().stream().map(Region::bytes).toList();
    Map<Long, Bytes> byRip = new HashMap<>();
    bytes.forEach(b -> byRip.put(b.rip(), b));
    this.begins = shape.entries().stream().map(n -> byRip.get(shape.parts().get(n).rip())).toList();
  }

  private static Bytes bytes(Shape.Part part) {
    return new Bytes(part.rip(), part.code());
  }

  /** Of its first entry. */
  public long rip() {
    return begins.getFirst().rip();
  }

  /** Which of the entries is there, or -1. */
  int entry(long rip) {
    for (int k = 0; k < begins.size(); k++) {
      if (begins.get(k).rip() == rip) {
        return k;
      }
    }
    return -1;
  }

  /**
   * As {@link Shape#does}.
   *
   * @param whole the other region could be longer than most
   */
  boolean does(List<Shape.Part> parts, Flavour flavour, Set<Long> carefully, boolean whole) {
    return shape.does(parts, flavour, carefully, cut && (shape.whole() || !whole));
  }

  /** Executed in it, by all processors. */
  public synchronized long ticks() {
    return ticks;
  }

  /** A processor has entered it so often, and left it for these reasons, by {@link Place}. */
  synchronized void add(long entered, long executed, long[] reasons) {
    entries += entered;
    ticks += executed;
    addTo(left, reasons);
  }

  private static void addTo(long[] sums, long[] more) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += more[k];
    }
  }

  /** Adds how often it was left, by {@link Place}. */
  synchronized void addLeft(long[] sums) {
    addTo(sums, left);
  }

  synchronized RegionReport report() {
    return new RegionReport(
        Long.toHexString(rip()),
        shape.mode().name().toLowerCase(Locale.ROOT),
        begins.size(),
        shape.flavour().name().toLowerCase(Locale.ROOT),
        shape.parts().size(),
        shape.instructions(),
        bytecode,
        entries,
        ticks,
        reasons(left));
  }

  /** By name, those that happened. */
  static Map<String, Long> reasons(long[] counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    for (Place place : Place.values()) {
      if (counts[place.ordinal()] != 0) {
        named.put(place.name().toLowerCase(Locale.ROOT), counts[place.ordinal()]);
      }
    }
    return named;
  }

  /** Its code, see {@link Listing}. */
  public String listing() {
    return Listing.of(shape);
  }
}
