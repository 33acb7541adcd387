package ringside.volume;

import java.nio.ByteBuffer;

/**
 * What a volume says of itself (ext2_fs.h, struct ext2_super_block).
 *
 * @param inodes how many there are
 * @param blocks how many there are, from 0
 * @param firstBlock the block that holds the superblock: 1 with blocks of 1 KiB, else 0
 * @param blockBytes 1024, 2048 or 4096
 * @param reservedGdt blocks kept for more group descriptors, behind those of each copy
 * @param journal the journal's inode, or 0
 * @param orphan first inode of the list of those to be deleted or truncated, or 0
 */
record Superblock(
    int inodes,
    long blocks,
    long freeBlocks,
    int freeInodes,
    int firstBlock,
    int blockBytes,
    int blocksPerGroup,
    int inodesPerGroup,
    int firstInode,
    int inodeBytes,
    int compat,
    int incompat,
    int roCompat,
    int reservedGdt,
    int journal,
    int orphan) {
  static final int OFFSET = 1024;
  static final int BYTES = 1024;

  static final int HAS_JOURNAL = 4;
  static final int FILETYPE = 2;
  static final int RECOVER = 4;
  static final int SPARSE_SUPER = 1;
  static final int LARGE_FILE = 2;

  private static final int MAGIC = 0xef53;
  private static final int OLD_INODE_BYTES = 128;
  private static final int OLD_FIRST_INODE = 11;

  static Superblock of(ByteBuffer b) throws VolumeException {
    if ((b.getShort(56) & 0xffff) != MAGIC) {
      throw new VolumeException("no ext2 or ext3 volume: its magic number is not 0xef53");
    }
    boolean dynamic = b.getInt(76) > 0;
    Superblock sb =
        new Superblock(
            b.getInt(0),
            b.getInt(4) & 0xffffffffL,
            b.getInt(12) & 0xffffffffL,
            b.getInt(16),
            b.getInt(20),
            b.getInt(24) < 0 || b.getInt(24) > 2 ? 0 : 1024 << b.getInt(24),
            b.getInt(32),
            b.getInt(40),
            dynamic ? b.getInt(84) : OLD_FIRST_INODE,
            dynamic ? b.getShort(88) & 0xffff : OLD_INODE_BYTES,
            b.getInt(92),
            b.getInt(96),
            b.getInt(100),
            b.getShort(206) & 0xffff,
            b.getInt(224),
            b.getInt(232));
    sb.check();
    return sb;
  }

  private void check() throws VolumeException {
    require(blockBytes != 0, "block size");
    require(blocks > firstBlock, "number of blocks");
    require(firstBlock == (blockBytes == 1024 ? 1 : 0), "first data block");
    require(blocksPerGroup > 0 && blocksPerGroup <= blockBytes * 8, "blocks per group");
    require(inodesPerGroup > 0 && inodesPerGroup <= blockBytes * 8, "inodes per group");
    require(
        inodeBytes >= OLD_INODE_BYTES
            && inodeBytes <= blockBytes
            && Integer.bitCount(inodeBytes) == 1,
        "inode size");
    require(inodes == (long) groups() * inodesPerGroup, "number of inodes");
    require((incompat & ~(FILETYPE | RECOVER)) == 0, "incompatible features, of ext4 perhaps,");
    require((roCompat & ~(SPARSE_SUPER | LARGE_FILE)) == 0, "features, of ext4 perhaps,");
  }

  private static void require(boolean good, String what) throws VolumeException {
    if (!good) {
      throw new VolumeException("superblock: its " + what + " cannot be");
    }
  }

  int groups() {
    return (int) Math.ceilDiv(blocks - firstBlock, blocksPerGroup);
  }

  int descriptorBlocks() {
    return Math.ceilDiv(groups() * GroupDescriptor.BYTES, blockBytes);
  }

  boolean hasCopy(int group) {
    return (roCompat & SPARSE_SUPER) == 0
        || group <= 1
        || isPower(group, 3)
        || isPower(group, 5)
        || isPower(group, 7);
  }

  private static boolean isPower(int n, int base) {
    int left = n;
    while (left % base == 0) {
      left /= base;
    }
    return left == 1;
  }
}
