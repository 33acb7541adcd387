package ringside.cli.fs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

/** Prints a file. */
@Command(
    name = "cat",
    description = "Print a text file of a volume.",
    mixinStandardHelpOptions = true)
public final class CatCommand implements Runnable {
  private static final long MOST = 1L << 28;

  private final Ringside ringside;

  @Mixin private VolumeOption volume;

  @Parameters(index = "1", paramLabel = "PATH", description = "The file, from the root.")
  private String path;

  @Mixin private FormatOption format;

  private record CatJson(String path, String text) {}

  public CatCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    volume.open(
        v -> {
          String text = text(v);
          if (format.json()) {
            ringside.terminal().out().println(Json.text(new CatJson(path, text)));
          } else {
            ringside.terminal().out().print(text);
          }
        });
  }

  private String text(Volume v) throws IOException {
    Inode inode = VolumePath.find(v, path);
    if (!inode.regular() || inode.size() > MOST) {
      throw new UserError(path + " is no regular file of at most 256 MiB");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FileContent(v, inode).writeTo(bytes);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      throw new UserError(path + " holds bytes that are no text in UTF-8", "see fs get");
    }
  }
}
