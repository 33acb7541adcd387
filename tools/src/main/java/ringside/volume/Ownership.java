package ringside.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has each block.
 *
 * <p>Invariant: a block has one owner, an inode's number or {@link #STRUCTURE}; a second one is a
 * problem. Blocks of extended attributes are shared, as often as they say.
 */
final class Ownership {
  private static final int STRUCTURE = -1;
  private static final int ATTRIBUTES_MAGIC = 0xea020000;

  private final Volume volume;
  private final Problems problems;
  private final int[] owners;
  private final Map<Long, Integer> attributes = new TreeMap<>();

  Ownership(Volume volume, Problems problems) {
    this.volume = volume;
    this.problems = problems;
    this.owners = new int[Math.toIntExact(volume.superblock().blocks())];
    structures();
  }

  private void structures() {
    Superblock sb = volume.superblock();
    int table = Math.ceilDiv(sb.inodesPerGroup() * sb.inodeBytes(), sb.blockBytes());
    for (int i = 0; i < sb.groups(); i++) {
      GroupDescriptor group = volume.groups().get(i);
      long base = sb.firstBlock() + (long) i * sb.blocksPerGroup();
      if (sb.hasCopy(i)) {
        take(base, 1 + sb.descriptorBlocks() + sb.reservedGdt(), "superblock");
      }
      take(group.blockBitmap(), 1, "block bitmap");
      take(group.inodeBitmap(), 1, "inode bitmap");
      take(group.inodeTable(), table, "inode table");
    }
    if (sb.firstBlock() > 0) {
      owners[0] = STRUCTURE;
    }
  }

  private void take(long from, int count, String what) {
    for (long block = from; block < from + count; block++) {
      claim(block, STRUCTURE, what);
    }
  }

  /** False when it is not there to be had. */
  private boolean claim(long block, int owner, String what) {
    if (block < volume.superblock().firstBlock() || block >= owners.length) {
      problems.add("%s has block %d, which is outside the volume", what, block);
      return false;
    }
    int before = owners[(int) block];
    owners[(int) block] = owner;
    problems.unless(before == 0, "block %d belongs to %s and to %s", block, name(before), what);
    return before == 0;
  }

  private static String name(int owner) {
    return owner == STRUCTURE ? "the volume's structures" : "inode " + owner;
  }

  /** The reserved group descriptors are the resize inode's as well. */
  private boolean sharedWithStructures(Inode inode, long block) {
    return inode.number() == Inode.RESIZE
        && block < owners.length
        && owners[(int) block] == STRUCTURE;
  }

  /** All blocks of an inode. */
  void take(Inode inode) throws IOException {
    int blockBytes = volume.superblock().blockBytes();
    String what = "inode " + inode.number();
    long[] count = {0};
    long[] last = {-1};
    if (inode.mapped(blockBytes)) {
      BlockMap.visit(
          volume,
          inode,
          (logical, physical) -> {
            count[0]++;
            last[0] = Math.max(last[0], logical);
            return sharedWithStructures(inode, physical) || claim(physical, inode.number(), what);
          });
    }
    if (inode.attributes() != 0) {
      count[0]++;
      shareAttributes(inode.attributes(), what);
    }
    if (inode.number() != Inode.RESIZE) {
      problems.differs(what + ": sectors", inode.sectors(), count[0] * (blockBytes / 512));
    }
  }

  /** Last block of a file that has one in front of its end. */
  void checkSize(Inode inode) throws IOException {
    int blockBytes = volume.superblock().blockBytes();
    if (!inode.mapped(blockBytes) || inode.number() == Inode.RESIZE) {
      return;
    }
    long[] last = {-1};
    BlockMap.visit(
        volume,
        inode,
        (logical, physical) -> {
          last[0] = Math.max(last[0], logical);
          return true;
        });
    problems.unless(
        last[0] < Math.ceilDiv(inode.size(), blockBytes),
        "inode %d: %d bytes long, but it has block %d",
        inode.number(),
        inode.size(),
        last[0]);
  }

  private void shareAttributes(long block, String what) {
    if (attributes.merge(block, 1, Integer::sum) == 1) {
      claim(block, STRUCTURE, what + "'s attributes");
    }
  }

  /** What the blocks of attributes say of how many share them. */
  void checkAttributes() throws IOException {
    for (Map.Entry<Long, Integer> shared : attributes.entrySet()) {
      if (shared.getKey() < owners.length) {
        ByteBuffer block = volume.block(shared.getKey());
        problems.unless(
            block.getInt(0) == ATTRIBUTES_MAGIC,
            "block %d is to hold attributes and does not",
            shared.getKey());
        problems.differs(
            "block " + shared.getKey() + ": its users", block.getInt(4), shared.getValue());
      }
    }
  }

  boolean owned(long block) {
    return owners[(int) block] != 0;
  }
}
