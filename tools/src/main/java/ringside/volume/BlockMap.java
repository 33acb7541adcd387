package ringside.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Which blocks an inode has: twelve, then trees of one, two and three levels of blocks with block
 * numbers. A 0 is a hole.
 */
final class BlockMap {
  static final int DIRECT = 12;
  private static final int LEVELS = 3;

  /** Hears of blocks, in the order of the file. */
  interface Visitor {
    /**
     * @param logical its number in the file; -1 for a block that holds block numbers
     * @param physical never 0
     * @return for a block with block numbers: whether to look into it
     */
    boolean visit(long logical, long physical) throws IOException;
  }

  private final Volume volume;
  private final Visitor visitor;
  private final int perBlock;

  private BlockMap(Volume volume, Visitor visitor) {
    this.volume = volume;
    this.visitor = visitor;
    this.perBlock = volume.superblock().blockBytes() / Integer.BYTES;
  }

  /** All blocks of an inode that has some. */
  static void visit(Volume volume, Inode inode, Visitor visitor) throws IOException {
    BlockMap map = new BlockMap(volume, visitor);
    for (int i = 0; i < DIRECT; i++) {
      map.data(i, number(inode.map(), i));
    }
    long logical = DIRECT;
    long span = 1;
    for (int level = 1; level <= LEVELS; level++) {
      span *= map.perBlock;
      map.tree(logical, number(inode.map(), DIRECT + level - 1), level, span);
      logical += span;
    }
  }

  private static long number(ByteBuffer numbers, int index) {
    return numbers.getInt(index * Integer.BYTES) & 0xffffffffL;
  }

  private void data(long logical, long physical) throws IOException {
    if (physical != 0) {
      visitor.visit(logical, physical);
    }
  }

  /**
   * @param span how many blocks of the file the tree is for
   */
  private void tree(long logical, long physical, int level, long span) throws IOException {
    if (physical == 0 || !visitor.visit(-1, physical)) {
      return;
    }
    ByteBuffer numbers = volume.block(physical);
    long step = span / perBlock;
    for (int i = 0; i < perBlock; i++) {
      if (level == 1) {
        data(logical + i, number(numbers, i));
      } else {
        tree(logical + i * step, number(numbers, i), level - 1, step);
      }
    }
  }
}
