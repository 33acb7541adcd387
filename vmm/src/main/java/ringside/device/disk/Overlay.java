package ringside.device.disk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which cached write each byte is to be read from: the last one that covers it.
 *
 * <p>Invariant: segments do not overlap, and lie inside their extents.
 */
final class Overlay {
  /** Bytes from {@code start} up to {@code end}, which are those of the extent there. */
  record Segment(long start, long end, Extent extent) {
    private Segment part(long from, long to) {
      return new Segment(from, to, extent);
    }
  }

  private final TreeMap<Long, Segment> segments = new TreeMap<>();

  void clear() {
    segments.clear();
  }

  /** The whole extent is read from now on. */
  void add(Extent extent) {
    Segment last = lastOf(extent.offset(), extent.end());
    boolean same = last != null && last.start() == extent.offset() && last.end() == extent.end();
    if (last != null && !same) { // one with the same place is replaced
      cut(extent.offset(), extent.end());
    }
    segments.put(extent.offset(), new Segment(extent.offset(), extent.end(), extent));
  }

  /** The last one that has any of these bytes, or null: one look into the map tells most. */
  private Segment lastOf(long start, long end) {
    Map.Entry<Long, Segment> last = segments.lowerEntry(end);
    return last != null && last.getValue().end() > start ? last.getValue() : null;
  }

  /** The extent is on the disk: what was to be read from it is read from there. */
  void remove(Extent extent) {
    Segment there = segments.get(extent.offset());
    if (there != null && there.end() >= extent.end()) { // nothing else lies in its range
      if (there.extent() == extent) {
        segments.remove(extent.offset());
      }
      return;
    }
    segments
        .subMap(extent.offset(), extent.end())
        .values()
        .removeIf(segment -> segment.extent() == extent);
  }

  /** All segments in the order of their bytes. */
  Collection<Segment> all() {
    return Collections.unmodifiableCollection(segments.values());
  }

  /** What lies in a range, cut to it, in the order of the bytes. */
  List<Segment> within(long start, long end) {
    if (lastOf(start, end) == null) {
      return List.of();
    }
    List<Segment> found = new ArrayList<>();
    Map.Entry<Long, Segment> before = segments.lowerEntry(start);
    if (before != null && before.getValue().end() > start) {
      found.add(before.getValue().part(start, Math.min(end, before.getValue().end())));
    }
    for (Segment segment : segments.subMap(start, end).values()) {
      found.add(segment.end() <= end ? segment : segment.part(segment.start(), end));
    }
    return found;
  }

  /** Frees a range; what sticks out on either side stays. */
  private void cut(long start, long end) {
    Map.Entry<Long, Segment> before = segments.lowerEntry(start);
    if (before != null && before.getValue().end() > start) {
      Segment segment = before.getValue();
      segments.put(segment.start(), segment.part(segment.start(), start));
      if (segment.end() > end) {
        segments.put(end, segment.part(end, segment.end()));
        return;
      }
    }
    Map<Long, Segment> inside = segments.subMap(start, end);
    if (inside.isEmpty()) {
      return;
    }
    Segment last = segments.lowerEntry(end).getValue();
    inside.clear();
    if (last.end() > end) {
      segments.put(end, last.part(end, last.end()));
    }
  }
}
