package ringside.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.device.disk.Disk;

/**
 * A volume to be read. A journal that has to be replayed is replayed in memory; the disk stays as
 * it is.
 *
 * <p>Does not: write; know extents, 64-bit block numbers, checksums or anything else of ext4.
 */
public final class Volume {
  private final Disk disk;
  private final Map<Long, ByteBuffer> replayed = new HashMap<>();
  private final boolean wasInUse;
  private Superblock superblock;
  private List<GroupDescriptor> groups;

  /**
   * @throws VolumeException when there is no volume that can be read
   */
  public Volume(Disk disk) throws IOException {
    this.disk = disk;
    readSuperblock();
    Journal journal = hasJournal() ? Journal.of(this) : null;
    boolean hasTransactions = journal != null && journal.hasTransactions();
    wasInUse = hasTransactions || (superblock.incompat() & Superblock.RECOVER) != 0;
    if (hasTransactions) {
      journal.replay(replayed);
      readSuperblock();
    }
  }

  private boolean hasJournal() {
    return (superblock.compat() & Superblock.HAS_JOURNAL) != 0;
  }

  private void readSuperblock() throws IOException {
    if (disk.bytes() < Superblock.OFFSET + Superblock.BYTES) {
      throw new VolumeException("no ext2 or ext3 volume: the disk has " + disk.bytes() + " bytes");
    }
    superblock = Superblock.of(superblockBytes());
    if (superblock.blocks() * superblock.blockBytes() > disk.bytes()) {
      throw new VolumeException("the volume is longer than its disk");
    }
    groups = new ArrayList<>();
    int perBlock = superblock.blockBytes() / GroupDescriptor.BYTES;
    for (int i = 0; i < superblock.groups(); i++) {
      ByteBuffer table = block(superblock.firstBlock() + 1 + i / perBlock);
      groups.add(GroupDescriptor.of(table, i % perBlock * GroupDescriptor.BYTES));
    }
  }

  private ByteBuffer superblockBytes() throws IOException {
    for (Map.Entry<Long, ByteBuffer> block : replayed.entrySet()) {
      if (block.getKey() == superblock.firstBlock()) {
        int at = superblock.blockBytes() == Superblock.BYTES ? 0 : Superblock.OFFSET;
        return block.getValue().slice(at, Superblock.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(Superblock.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    disk.read(Superblock.OFFSET, bytes);
    return bytes;
  }

  /** True when the volume was not unmounted: what it counts in its superblock may be old. */
  boolean wasInUse() {
    return wasInUse;
  }

  Superblock superblock() {
    return superblock;
  }

  List<GroupDescriptor> groups() {
    return groups;
  }

  /** A block, in little-endian order; not to be changed. */
  ByteBuffer block(long number) throws IOException {
    if (number < 0 || number >= superblock.blocks()) {
      throw new VolumeException("block " + number + " is outside the volume");
    }
    ByteBuffer block = replayed.get(number);
    if (block == null) {
      block = ByteBuffer.allocate(superblock.blockBytes());
      disk.read(number * superblock.blockBytes(), block);
      block.flip();
    }
    return block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @param number from 1
   */
  public Inode inode(int number) throws IOException {
    if (number < 1 || number > superblock.inodes()) {
      throw new VolumeException("there is no inode " + Integer.toUnsignedString(number));
    }
    int index = (number - 1) % superblock.inodesPerGroup();
    long at = (long) index * superblock.inodeBytes();
    long table = groups.get((number - 1) / superblock.inodesPerGroup()).inodeTable();
    ByteBuffer block = block(table + at / superblock.blockBytes());
    int inside = (int) (at % superblock.blockBytes());
    ByteBuffer bytes = block.slice(inside, superblock.inodeBytes());
    return Inode.of(number, bytes.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The directory that everything is in. */
  public Inode root() throws IOException {
    return inode(Inode.ROOT);
  }
}
