package ringside.device;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which block answers at which address of one address space.
 *
 * <p>Invariant: no two ranges have an address in common.
 */
final class AddressMap {
  /** A block at {@code start} to {@code start + length - 1}. */
  record Range(long start, long length, RegisterBlock block) {
    boolean contains(long address, int size) {
      return address >= start && address - start <= length - size;
    }
  }

  private final NavigableMap<Long, Range> ranges = new TreeMap<>();

  /**
   * @param limit first address that the space does not have
   * @throws IllegalArgumentException when it lies outside the space or on top of another block
   */
  void add(long start, long length, RegisterBlock block, long limit) {
    if (start < 0 || length <= 0 || length > limit - start) {
      throw new IllegalArgumentException(
          "%s at 0x%x, %d long, is outside the addresses".formatted(block.name(), start, length));
    }
    if (!free(start, length)) {
      Range other = ranges.lowerEntry(start + length).getValue();
      throw new IllegalArgumentException(
          "%s at 0x%x overlaps %s at 0x%x"
              .formatted(block.name(), start, other.block().name(), other.start()));
    }
    ranges.put(start, new Range(start, length, block));
  }

  void remove(long start) {
    ranges.remove(start);
  }

  /** Whether no block has any of the addresses. */
  boolean free(long start, long length) {
    Map.Entry<Long, Range> below = ranges.lowerEntry(start + length);
    return below == null || below.getValue().start() + below.getValue().length() <= start;
  }

  /** The range that has all bytes of the access, or null. */
  Range find(long address, int size) {
    Map.Entry<Long, Range> entry = ranges.floorEntry(address);
    return entry != null && entry.getValue().contains(address, size) ? entry.getValue() : null;
  }

  /** Every block, by rising address. */
  Iterable<Range> all() {
    return ranges.values();
  }
}
