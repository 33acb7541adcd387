package ringside.volume;

import java.nio.ByteBuffer;

/** Where a block group has its structures, and what it counts (struct ext2_group_desc). */
record GroupDescriptor(
    long blockBitmap,
    long inodeBitmap,
    long inodeTable,
    int freeBlocks,
    int freeInodes,
    int directories) {
  static final int BYTES = 32;

  static GroupDescriptor of(ByteBuffer b, int at) {
    return new GroupDescriptor(
        b.getInt(at) & 0xffffffffL,
        b.getInt(at + 4) & 0xffffffffL,
        b.getInt(at + 8) & 0xffffffffL,
        b.getShort(at + 12) & 0xffff,
        b.getShort(at + 14) & 0xffff,
        b.getShort(at + 16) & 0xffff);
  }
}
