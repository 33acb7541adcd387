package ringside.cli.fs;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.cli.FormatOption;
import ringside.cli.Json;
import ringside.cli.Ringside;
import ringside.cli.Table;
import ringside.volume.DirectoryEntry;
import ringside.volume.Inode;
import ringside.volume.Volume;
import ringside.volume.VolumePath;

/** Lists a directory. */
@Command(
    name = "ls",
    description = "List a directory of a volume, or one file.",
    mixinStandardHelpOptions = true)
public final class LsCommand implements Runnable {
  private static final String KINDS = "?pc?d?b?-?l?s???";
  private static final String BITS = "rwxrwxrwx";

  private final Ringside ringside;

  @Mixin private VolumeOption volume;

  @Parameters(index = "1", paramLabel = "PATH", description = "Default: /", defaultValue = "/")
  private String path;

  @Mixin private FormatOption format;

  private record FileJson(
      String name,
      int inode,
      String mode,
      int links,
      int uid,
      int gid,
      long size,
      String modified,
      String target) {}

  private record LsJson(String path, List<FileJson> files) {}

  public LsCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    volume.open(v -> print(files(v)));
  }

  private List<FileJson> files(Volume v) throws IOException {
    Inode at = VolumePath.find(v, path);
    List<FileJson> files = new ArrayList<>();
    if (!at.directory()) {
      files.add(file(v, path, at));
      return files;
    }
    for (DirectoryEntry entry : VolumePath.entries(v, at)) {
      if (!entry.name().equals(".") && !entry.name().equals("..")) {
        files.add(file(v, VolumePath.readable(entry.name()), v.inode(entry.inode())));
      }
    }
    files.sort(Comparator.comparing(FileJson::name));
    return files;
  }

  private static FileJson file(Volume v, String name, Inode inode) throws IOException {
    return new FileJson(
        name,
        inode.number(),
        mode(inode.mode()),
        inode.links(),
        inode.uid(),
        inode.gid(),
        inode.size(),
        Instant.ofEpochSecond(inode.modified()).toString(),
        inode.symlink() ? VolumePath.readable(VolumePath.target(v, inode)) : null);
  }

  private static String mode(int mode) {
    StringBuilder text = new StringBuilder().append(KINDS.charAt(mode >> 12));
    for (int i = 0; i < BITS.length(); i++) {
      text.append((mode >> BITS.length() - 1 - i & 1) != 0 ? BITS.charAt(i) : '-');
    }
    special(text, 3, mode & 04000, 's');
    special(text, 6, mode & 02000, 's');
    special(text, 9, mode & 01000, 't');
    return text.toString();
  }

  private static void special(StringBuilder text, int at, int bit, char letter) {
    if (bit != 0) {
      text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }

  private void print(List<FileJson> files) {
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new LsJson(path, files)));
      return;
    }
    Table table =
        new Table("inode>", "mode", "links>", "uid>", "gid>", "size>", "modified", "name");
    for (FileJson file : files) {
      table.row(
          file.inode(),
          file.mode(),
          file.links(),
          file.uid(),
          file.gid(),
          file.size(),
          file.modified(),
          file.name() + (file.target() == null ? "" : " -> " + file.target()));
    }
    ringside.terminal().out().println(table);
  }
}
