package ringside.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of a regular file or a symbolic link. */
public final class FileContent {
  private final Volume volume;
  private final Inode inode;
  private final Map<Long, Long> blocks = new TreeMap<>();

  public FileContent(Volume volume, Inode inode) throws IOException {
    this.volume = volume;
    this.inode = inode;
    if (inode.mapped(volume.superblock().blockBytes())) {
      BlockMap.visit(
          volume,
          inode,
          (logical, physical) -> {
            if (logical >= 0) {
              blocks.put(logical, physical);
            }
            return true;
          });
    }
  }

  /** Holes are written as zeroes. */
  public void writeTo(OutputStream out) throws IOException {
    if (inode.symlink() && blocks.isEmpty()) {
      write(out, inode.map().duplicate(), inode.size());
      return;
    }
    int blockBytes = volume.superblock().blockBytes();
    for (long at = 0; at < inode.size(); at += blockBytes) {
      Long physical = blocks.get(at / blockBytes);
      ByteBuffer block =
          physical == null ? ByteBuffer.allocate(blockBytes) : volume.block(physical);
      write(out, block, inode.size() - at);
    }
  }

  private static void write(OutputStream out, ByteBuffer from, long most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(from.remaining(), most)];
    from.get(bytes);
    out.write(bytes);
  }
}
