package ringside.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The journal of ext3 (Linux's JBD, its format: Documentation/filesystems/ext4/journal.rst),
 * numbers big-endian.
 *
 * <p>Invariant: only transactions with their commit block count, up to the first that has none. A
 * block that a transaction revokes is not taken from it or from earlier ones.
 */
final class Journal {
  private static final int MAGIC = 0xc03b3998;
  private static final int DESCRIPTOR = 1;
  private static final int COMMIT = 2;
  private static final int SUPERBLOCK_1 = 3;
  private static final int SUPERBLOCK_2 = 4;
  private static final int REVOKE = 5;

  private static final int HEADER = 12;
  private static final int TAG = 8;
  private static final int UUID = 16;
  private static final int ESCAPED = 1;
  private static final int SAME_UUID = 2;
  private static final int LAST_TAG = 8;

  private static final int REVOKES = 1;

  private final Volume volume;
  private final List<Long> blocks;
  private final int first;
  private final int last;
  private final int start;
  private final int startSequence;

  /** A block of the volume and where the journal has what it is to hold. */
  private record Copy(long block, int at, boolean escaped, int sequence) {}

  private final List<Copy> copies = new ArrayList<>();
  private final Map<Long, Integer> revoked = new HashMap<>();

  private Journal(Volume volume, List<Long> blocks) throws IOException {
    this.volume = volume;
    this.blocks = blocks;
    ByteBuffer sb = block(0);
    int type = sb.getInt(4);
    if (sb.getInt(0) != MAGIC || type != SUPERBLOCK_1 && type != SUPERBLOCK_2) {
      throw new VolumeException("journal: it has no superblock");
    }
    last = sb.getInt(16);
    first = sb.getInt(20);
    startSequence = sb.getInt(24);
    start = sb.getInt(28);
    boolean known = type == SUPERBLOCK_1 || (sb.getInt(40) & ~REVOKES) == 0 && sb.getInt(44) == 0;
    if (!known || sb.getInt(12) != volume.superblock().blockBytes()) {
      throw new VolumeException("journal: it has features that are not known");
    }
    if (first < 1 || last > blocks.size() || first >= last || start < 0 || start >= last) {
      throw new VolumeException("journal: its length or its beginning cannot be");
    }
  }

  static Journal of(Volume volume) throws IOException {
    List<Long> blocks = new ArrayList<>();
    Inode inode = volume.inode(volume.superblock().journal());
    BlockMap.visit(
        volume,
        inode,
        (logical, physical) -> {
          if (logical >= 0 && logical != blocks.size()) {
            throw new VolumeException("journal: its file has a hole");
          }
          if (logical >= 0) {
            blocks.add(physical);
          }
          return true;
        });
    if (blocks.isEmpty()) {
      throw new VolumeException("journal: its file is empty");
    }
    return new Journal(volume, blocks);
  }

  private ByteBuffer block(int index) throws IOException {
    return volume.block(blocks.get(index)).order(ByteOrder.BIG_ENDIAN);
  }

  boolean hasTransactions() {
    return start != 0;
  }

  /** What the volume's blocks are to hold. */
  void replay(Map<Long, ByteBuffer> into) throws IOException {
    scan();
    for (Copy copy : copies) {
      Integer revoke = revoked.get(copy.block);
      if (revoke != null && revoke - copy.sequence >= 0) {
        continue;
      }
      ByteBuffer source = block(copy.at);
      ByteBuffer content = ByteBuffer.allocate(source.remaining()).put(source).flip();
      if (copy.escaped) {
        content.putInt(0, MAGIC);
      }
      into.put(copy.block, content);
    }
  }

  /** Every whole transaction; what belongs to one without a commit block is forgotten. */
  private void scan() throws IOException {
    int at = start;
    int sequence = startSequence;
    int whole = 0;
    List<Runnable> revokes = new ArrayList<>();
    for (int seen = first; seen < last; seen++) {
      ByteBuffer block = block(at);
      if (block.getInt(0) != MAGIC || block.getInt(8) != sequence) {
        break;
      }
      int type = block.getInt(4);
      if (type == DESCRIPTOR) {
        int tags = descriptor(block, at, sequence);
        at = after(at, tags);
        seen += tags;
      } else if (type == REVOKE) {
        int revokedBy = sequence;
        revokes.add(() -> revoke(block, revokedBy));
      } else if (type == COMMIT) {
        sequence++;
        whole = copies.size();
        revokes.forEach(Runnable::run);
        revokes.clear();
      } else {
        break;
      }
      at = after(at, 1);
    }
    copies.subList(whole, copies.size()).clear();
  }

  private int after(int at, int count) {
    return first + (at - first + count) % (last - first);
  }

  /** Returns how many blocks follow. */
  private int descriptor(ByteBuffer block, int at, int sequence) throws IOException {
    int count = 0;
    int offset = HEADER;
    int flags;
    do {
      if (offset + TAG > block.limit()) {
        throw new VolumeException("journal: block " + at + ": its tags have no end");
      }
      long target = block.getInt(offset) & 0xffffffffL;
      flags = block.getInt(offset + 4);
      offset += TAG + ((flags & SAME_UUID) == 0 ? UUID : 0);
      count++;
      copies.add(new Copy(target, after(at, count), (flags & ESCAPED) != 0, sequence));
    } while ((flags & LAST_TAG) == 0);
    return count;
  }

  private void revoke(ByteBuffer block, int sequence) {
    int end = Math.min(block.getInt(HEADER), block.limit());
    for (int offset = HEADER + 4; offset + 4 <= end; offset += 4) {
      revoked.merge(block.getInt(offset) & 0xffffffffL, sequence, (a, b) -> b - a > 0 ? b : a);
    }
  }
}
