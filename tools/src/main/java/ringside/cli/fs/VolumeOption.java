package ringside.cli.fs;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;
import ringside.cli.UserError;
import ringside.device.disk.FileDisk;
import ringside.volume.Volume;

/** The volume file, the same for every verb. It is not changed. */
final class VolumeOption {
  @Parameters(index = "0", paramLabel = "VOLUME", description = "A disk file that holds a volume.")
  private Path file;

  /** What is done with an open volume. */
  @FunctionalInterface
  interface Use {
    void with(Volume volume) throws IOException;
  }

  void open(Use use) {
    try (FileDisk disk = FileDisk.open(file)) {
      use.with(new Volume(disk));
    } catch (IOException e) {
      throw new UserError(file + ": " + e.getMessage());
    }
  }
}
