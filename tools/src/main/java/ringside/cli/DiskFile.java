package ringside.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a disk file holds.
 *
 * @param bytes size of the disk
 * @param dataBytes in clusters of 4 KiB that are not all zero
 * @param extents how many runs of such clusters there are
 */
record DiskFile(String file, long bytes, long dataBytes, int extents) {
  private static final int CLUSTER = 4096;
  private static final int BUFFER = 256 * CLUSTER;

  /** Reads the whole file, also while a system runs on it. */
  static DiskFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      ByteBuffer zeroes = ByteBuffer.allocate(CLUSTER);
      long data = 0;
      int extents = 0;
      boolean inData = false;
      while (fill(channel, buffer.clear())) {
        buffer.flip();
        for (int at = 0; at < buffer.limit(); at += CLUSTER) {
          int length = Math.min(CLUSTER, buffer.limit() - at);
          boolean holds = !buffer.slice(at, length).equals(zeroes.slice(0, length));
          data += holds ? length : 0;
          extents += holds && !inData ? 1 : 0;
          inData = holds;
        }
      }
      return new DiskFile(file.toString(), channel.size(), data, extents);
    }
  }

  /** False at the end. */
  private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // a read may give less than there is
    }
    return buffer.position() > 0;
  }

  String text() {
    String holds = dataBytes == 0 ? "none" : ByteSize.text(dataBytes) + " in " + extents + " runs";
    return "file  %s%nsize  %s (%d bytes)%ndata  %s"
        .formatted(file, ByteSize.text(bytes), bytes, holds);
  }
}
