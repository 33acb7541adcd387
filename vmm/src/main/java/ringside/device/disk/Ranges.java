package ringside.device.disk;

/** Bounds: what lies outside a disk is a mistake of the caller, never of a guest. */
final class Ranges {
  private Ranges() {}

  /**
   * @throws IndexOutOfBoundsException when a byte of the range is not on the disk
   */
  static void check(Disk disk, long offset, long length) {
    if (offset < 0 || length < 0 || offset > disk.bytes() - length) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d of a disk of %d bytes".formatted(length, offset, disk.bytes()));
    }
  }
}
