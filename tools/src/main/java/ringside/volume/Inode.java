package ringside.volume;

import java.nio.ByteBuffer;

/**
 * An inode (struct ext2_inode_large).
 *
 * @param sectors what it takes, in units of 512 bytes
 * @param map its fifteen block numbers, or a short symbolic link's target
 * @param attributes block with its extended attributes, or 0
 */
public record Inode(
    int number,
    int mode,
    int uid,
    int gid,
    long size,
    int accessed,
    int changed,
    int modified,
    int deleted,
    int links,
    long sectors,
    int flags,
    ByteBuffer map,
    int generation,
    long attributes) {
  static final int ROOT = 2;
  static final int RESIZE = 7;
  static final int JOURNAL = 8;

  static final int FORMAT = 0xf000;
  static final int FIFO = 0x1000;
  static final int CHARACTER = 0x2000;
  static final int DIRECTORY = 0x4000;
  static final int BLOCK = 0x6000;
  static final int REGULAR = 0x8000;
  static final int SYMLINK = 0xa000;
  static final int SOCKET = 0xc000;

  private static final int MAP = 40;
  private static final int MAP_BYTES = 60;

  static Inode of(int number, ByteBuffer b) {
    int mode = b.getShort(0) & 0xffff;
    boolean regular = (mode & FORMAT) == REGULAR;
    return new Inode(
        number,
        mode,
        b.getShort(2) & 0xffff | (b.getShort(120) & 0xffff) << 16,
        b.getShort(24) & 0xffff | (b.getShort(122) & 0xffff) << 16,
        b.getInt(4) & 0xffffffffL | (regular ? (long) b.getInt(108) << 32 : 0),
        b.getInt(8),
        b.getInt(12),
        b.getInt(16),
        b.getInt(20),
        b.getShort(26) & 0xffff,
        b.getInt(28) & 0xffffffffL,
        b.getInt(32),
        b.slice(MAP, MAP_BYTES).order(b.order()),
        b.getInt(100),
        b.getInt(104) & 0xffffffffL);
  }

  public boolean is(int format) {
    return (mode & FORMAT) == format;
  }

  public boolean directory() {
    return is(DIRECTORY);
  }

  public boolean regular() {
    return is(REGULAR);
  }

  public boolean symlink() {
    return is(SYMLINK);
  }

  /** Whether it is of a kind that has blocks of content. */
  boolean mapped(int blockBytes) {
    long own = attributes == 0 ? sectors : sectors - blockBytes / 512;
    return regular() || directory() || symlink() && own != 0;
  }

  /** Its kind as directory entries tell it (EXT2_FT_...); 0 for none. */
  int entryType() {
    return switch (mode & FORMAT) {
      case REGULAR -> 1;
      case DIRECTORY -> 2;
      case CHARACTER -> 3;
      case BLOCK -> 4;
      case FIFO -> 5;
      case SOCKET -> 6;
      case SYMLINK -> 7;
      default -> 0;
    };
  }
}
