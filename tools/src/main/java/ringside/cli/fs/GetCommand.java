package ringside.cli.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.cli.FormatOption;
import ringside.cli.Json;
import ringside.cli.Ringside;
import ringside.cli.UserError;
import ringside.volume.FileContent;
import ringside.volume.Inode;
import ringside.volume.Volume;
import ringside.volume.VolumePath;

/** Copies a file out of a volume. */
@Command(
    name = "get",
    description = "Copy a file of a volume to the host.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Runnable {
  private final Ringside ringside;

  @Mixin private VolumeOption volume;

  @Parameters(index = "1", paramLabel = "PATH", description = "The file, from the root.")
  private String path;

  @Parameters(index = "2", paramLabel = "TO", description = "File of the host; not there yet.")
  private Path to;

  @Mixin private FormatOption format;

  private record GetJson(String path, String to, long size) {}

  public GetCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    volume.open(this::copy);
  }

  private void copy(Volume v) throws IOException {
    Inode inode = VolumePath.find(v, path);
    if (!inode.regular()) {
      throw new UserError(path + " is no regular file");
    }
    if (Files.exists(to)) {
      throw new UserError(to + " is there already", "remove it first, or take another name");
    }
    try (OutputStream out = Files.newOutputStream(to)) {
      new FileContent(v, inode).writeTo(out);
    }
    if (format.json()) {
      GetJson got = new GetJson(path, to.toString(), inode.size());
      ringside.terminal().out().println(Json.text(got));
    } else {
      ringside.progress("ringside: %d bytes in %s".formatted(inode.size(), to));
    }
  }
}
