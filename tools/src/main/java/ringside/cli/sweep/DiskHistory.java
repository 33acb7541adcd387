package ringside.cli.sweep;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import ringside.device.disk.DiskOp;

/**
 * What was done to each block of a disk, in its order. The same change twice running counts as one:
 * a request that nobody answered is sent again, and may have had its effect before. Any other
 * change that is missing, repeated or in another place is one too many or too few.
 *
 * <p>Invariant: of two runs that asked the same of a disk, overlapping requests in the same order,
 * the histories are the same. Requests that do not overlap may take effect in any order.
 */
final class DiskHistory {
  /** Smallest logical block there is. */
  private static final int BLOCK = 512;

  private static final int MOST_TOLD = 3;

  private final SortedMap<Long, List<String>> changes = new TreeMap<>();
  private int flushes;

  static DiskHistory of(List<DiskOp> log) {
    DiskHistory history = new DiskHistory();
    log.forEach(history::add);
    return history;
  }

  private void add(DiskOp op) {
    switch (op) {
      case DiskOp.Write(long offset, byte[] content, boolean through) -> {
        for (int at = 0; at < content.length; at += BLOCK) {
          int length = Math.min(BLOCK, content.length - at);
          String hash = Hashing.murmur3_128().hashBytes(content, at, length).toString();
          change((offset + at) / BLOCK, hash + (through ? " through" : ""));
        }
      }
      case DiskOp.Zero(long offset, long length, boolean deallocate) -> {
        for (long at = 0; at < length; at += BLOCK) {
          change((offset + at) / BLOCK, deallocate ? "deallocated" : "zeroes");
        }
      }
      case DiskOp.Flush() -> flushes++;
    }
  }

  private void change(long block, String how) {
    List<String> before = changes.computeIfAbsent(block, b -> new ArrayList<>());
    if (before.isEmpty() || !before.getLast().equals(how)) {
      before.add(how);
    }
  }

  /**
   * What is wrong with a run with kills, against this one without; one sentence each.
   *
   * @param disk its name
   */
  List<String> differences(String disk, DiskHistory killed) {
    List<String> wrong = new ArrayList<>();
    if (killed.flushes < flushes) {
      wrong.add("%s: flushed %d times, without a kill %d".formatted(disk, killed.flushes, flushes));
    }
    TreeSet<Long> blocks = new TreeSet<>(changes.keySet());
    blocks.addAll(killed.changes.keySet());
    blocks.removeIf(block -> of(block).equals(killed.of(block)));
    for (long block : blocks.stream().limit(MOST_TOLD).toList()) {
      wrong.add(
          "%s, block %d: changed to %s, without a kill %s"
              .formatted(disk, block, killed.of(block), of(block)));
    }
    if (blocks.size() > MOST_TOLD) {
      wrong.add("%s: as many as %d blocks have another history".formatted(disk, blocks.size()));
    }
    return wrong;
  }

  private List<String> of(long block) {
    return changes.getOrDefault(block, List.of());
  }
}
