package ringside.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a disk file holds. */
@Command(
    name = "info",
    description = "Show a disk file's size, and how much of it holds data.",
    mixinStandardHelpOptions = true)
final class DiskInfoCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(paramLabel = "FILE", description = "It is read only.")
  private Path file;

  @Mixin private FormatOption format;

  DiskInfoCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    try {
      DiskFile disk = DiskFile.read(file);
      ringside.terminal().out().println(format.json() ? Json.text(disk) : disk.text());
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read as a disk: " + e.getMessage());
    }
  }
}
