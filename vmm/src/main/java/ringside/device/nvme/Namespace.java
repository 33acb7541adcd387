package ringside.device.nvme;

import ringside.device.disk.Disk;

/**
 * Logical blocks on a disk.
 *
 * @param nsid from 1
 * @param blockBytes size of a logical block, a power of two from 512 to 4096
 * @param uid what makes it different from all others, not 0
 */
public record Namespace(int nsid, Disk disk, int blockBytes, long uid) {
  public Namespace {
    boolean power = Integer.bitCount(blockBytes) == 1 && blockBytes >= 512 && blockBytes <= 4096;
    if (!power || disk.bytes() % blockBytes != 0 || uid == 0) {
      throw new IllegalArgumentException(
          "namespace %d of %d bytes in blocks of %d".formatted(nsid, disk.bytes(), blockBytes));
    }
  }

  /** Its size in logical blocks. */
  public long blocks() {
    return disk.bytes() / blockBytes;
  }

  /** Binary logarithm of the block size. */
  int blockShift() {
    return Integer.numberOfTrailingZeros(blockBytes);
  }

  /**
   * Byte offset of blocks that a command names.
   *
   * @param lba unsigned
   */
  long offset(long lba, long count) throws CommandException {
    CommandException.unless(
        lba >= 0 && count <= blocks() && lba <= blocks() - count, Status.LBA_OUT_OF_RANGE);
    return lba << blockShift();
  }
}
