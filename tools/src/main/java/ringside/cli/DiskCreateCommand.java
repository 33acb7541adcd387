package ringside.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.device.disk.FileDisk;

/** Makes a file that holds a disk. */
@Command(
    name = "create",
    description = "Make a disk of zeroes; it takes room on the host only as it is written.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The file is the disk, byte for byte: other tools can read and fill it. A system uses it by",
      "a device of type nvme whose file and size are these."
    })
final class DiskCreateCommand implements Runnable {
  private static final int BLOCK = 512;

  private final Ringside ringside;

  @Parameters(index = "0", paramLabel = "FILE", description = "It must not be there yet.")
  private Path file;

  @Parameters(index = "1", paramLabel = "SIZE", description = "Such as 64M or 2G.")
  private String size;

  @Mixin private FormatOption format;

  DiskCreateCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    long bytes = bytes();
    try {
      FileDisk.create(file, bytes).close();
    } catch (FileAlreadyExistsException _) {
      throw new UserError(file + " is there already", "remove it first, or take another name");
    } catch (NoSuchFileException _) {
      throw new UserError(file + " cannot be made: there is no such folder");
    } catch (AccessDeniedException _) {
      throw new UserError(file + " cannot be made: permission denied");
    } catch (IOException e) {
      throw new UserError(e.getMessage());
    }
    DiskFile disk = new DiskFile(file.toString(), bytes, 0, 0);
    ringside.terminal().out().println(format.json() ? Json.text(disk) : disk.text());
  }

  private long bytes() {
    try {
      long bytes = ByteSize.parse(size);
      if (bytes == 0 || bytes % BLOCK != 0) {
        throw new UserError(size + " is not a whole number of blocks of " + BLOCK + " bytes");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage());
    }
  }
}
