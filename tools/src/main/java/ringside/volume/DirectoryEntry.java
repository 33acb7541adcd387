package ringside.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A name in a directory (struct ext2_dir_entry_2). Indexed directories are read as others are:
 * their index lies in entries without an inode.
 *
 * @param type kind of the inode (EXT2_FT_...), or 0
 * @param name one character for each byte
 */
public record DirectoryEntry(int inode, int type, String name) {
  private static final int HEADER = 8;

  /** The entries of a directory in their order, "." and ".." too. */
  static List<DirectoryEntry> all(Volume volume, Inode directory) throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>();
    long[] next = {0};
    BlockMap.visit(
        volume,
        directory,
        (logical, physical) -> {
          if (logical >= 0) {
            if (logical != next[0]++) {
              throw new VolumeException(at(directory, logical) + "a directory with a hole");
            }
            addAll(entries, volume, at(directory, logical), volume.block(physical));
          }
          return true;
        });
    return entries;
  }

  private static String at(Inode directory, long logical) {
    return "directory " + directory.number() + ", block " + logical + ": ";
  }

  private static void addAll(
      List<DirectoryEntry> entries, Volume volume, String at, ByteBuffer block)
      throws VolumeException {
    boolean types = (volume.superblock().incompat() & Superblock.FILETYPE) != 0;
    for (int offset = 0; offset < block.limit(); ) {
      if (offset + HEADER > block.limit()) {
        throw new VolumeException(at + "an entry at " + offset + " does not fit");
      }
      int inode = block.getInt(offset);
      int length = block.getShort(offset + 4) & 0xffff;
      int nameLength = block.get(offset + 6) & 0xff;
      if (length < HEADER + (inode == 0 ? 0 : nameLength)
          || length % 4 != 0
          || length > block.limit() - offset) {
        throw new VolumeException(at + "an entry at " + offset + " of " + length + " bytes");
      }
      if (inode != 0) {
        byte[] name = new byte[nameLength];
        block.get(offset + HEADER, name);
        int type = types ? block.get(offset + 7) & 0xff : 0;
        entries.add(new DirectoryEntry(inode, type, new String(name, StandardCharsets.ISO_8859_1)));
      }
      offset += length;
    }
  }

  boolean dots() {
    return name.equals(".") || name.equals("..");
  }
}
