package ringside.cli.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.cli.FormatOption;
import ringside.cli.Json;
import ringside.cli.Ringside;
import ringside.cli.UserError;
import ringside.device.disk.Disk;
import ringside.device.disk.FileDisk;
import ringside.device.disk.MemoryDisk;

/** Copies a file into a volume. A guest writes it, for only the guests' file system can. */
@Command(
    name = "put",
    description = "Copy a file of the host into a volume that no running system uses.",
    mixinStandardHelpOptions = true)
public final class PutCommand implements Runnable {
  /** The path's room before the content, and what the guest reads at once. */
  private static final int PATH_BYTES = 4096;

  private final Ringside ringside;

  @Parameters(index = "0", paramLabel = "VOLUME", description = "A disk file that holds a volume.")
  private Path volume;

  @Parameters(index = "1", paramLabel = "FROM", description = "A file of the host.")
  private Path from;

  @Parameters(
      index = "2",
      paramLabel = "PATH",
      description = "The file, from the root; not there yet, but its directory is.")
  private String path;

  @Mixin private FormatOption format;

  private record PutJson(String path, String from, long size) {}

  public PutCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    try {
      long size = put();
      if (format.json()) {
        PutJson put = new PutJson(path, from.toString(), size);
        ringside.terminal().out().println(Json.text(put));
      } else {
        ringside.progress("ringside: %d bytes in %s of %s".formatted(size, path, volume));
      }
    } catch (IOException e) {
      throw new UserError(e.getMessage());
    }
  }

  private long put() throws IOException {
    if (!Files.isRegularFile(from)) {
      throw new UserError(from + " is no regular file");
    }
    long size = Files.size(from);
    try (Disk disk = FileDisk.open(volume)) { // the guest's side closes it, too
      if (disk.bytes() % PATH_BYTES != 0) {
        throw new UserError(volume + " holds no volume: it has no whole number of blocks");
      }
      if (size > disk.bytes()) {
        throw new UserError("%s: %d bytes are more than %s has".formatted(from, size, volume));
      }
      String cmdline =
          "where=linked path=nvme bytes=%d mode=%d mtime=%d"
              .formatted(size, mode(), Files.getLastModifiedTime(from).to(TimeUnit.SECONDS));
      PutSystem.run(cmdline, disk, content(size));
    }
    return size;
  }

  private long mode() throws IOException {
    long mode = 0;
    for (PosixFilePermission permission : Files.getPosixFilePermissions(from)) {
      mode |= 0400 >> permission.ordinal(); // OWNER_READ to OTHERS_EXECUTE, as in st_mode
    }
    return mode;
  }

  private MemoryDisk content(long size) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (!path.startsWith("/") || name.length >= PATH_BYTES || path.indexOf('\0') >= 0) {
      throw new UserError(path + " is no path from the root", "begin it with /");
    }
    MemoryDisk content = new MemoryDisk(PATH_BYTES + Math.ceilDiv(size, PATH_BYTES) * PATH_BYTES);
    content.write(0, ByteBuffer.wrap(name));
    ByteBuffer piece = ByteBuffer.allocate(1 << 16);
    try (FileChannel in = FileChannel.open(from)) {
      for (long at = 0; at < size; at += piece.limit()) {
        piece.clear().limit((int) Math.min(piece.capacity(), size - at));
        while (piece.hasRemaining()) {
          if (in.read(piece) < 0) {
            throw new IOException(from + ": it became shorter meanwhile");
          }
        }
        content.write(PATH_BYTES + at, piece.flip());
      }
    }
    return content;
  }
}
