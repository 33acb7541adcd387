package ringside.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Finds inodes by path, from the root, through symbolic links. */
public final class VolumePath {
  private static final int MOST_LINKS = 40;

  private final Volume volume;
  private final String path;
  private final Deque<String> names = new ArrayDeque<>();
  private int linksLeft = MOST_LINKS;

  private VolumePath(Volume volume, String path) {
    this.volume = volume;
    this.path = path;
    push(path);
  }

  /**
   * The inode that a path leads to.
   *
   * @param path names and slashes; where it begins does not matter
   * @throws VolumeException when there is none, as well
   */
  public static Inode find(Volume volume, String path) throws IOException {
    return new VolumePath(volume, latin(path)).walk();
  }

  /** Entries of a directory, in its order. */
  public static List<DirectoryEntry> entries(Volume volume, Inode directory) throws IOException {
    return DirectoryEntry.all(volume, directory);
  }

  /** Names are bytes: UTF-8 on our side, a character for each byte on the volume's. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A name of the volume as people read it. */
  public static String readable(String name) {
    return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void push(String names) {
    List<String> parts = Arrays.asList(names.split("/"));
    for (String part : parts.reversed()) {
      if (!part.isEmpty()) {
        this.names.push(part);
      }
    }
  }

  private Inode walk() throws IOException {
    Inode at = volume.root();
    while (!names.isEmpty()) {
      String name = names.pop();
      Inode next = volume.inode(entry(at, name).inode());
      if (!next.symlink()) {
        at = next;
        continue;
      }
      if (linksLeft-- == 0) {
        throw new VolumeException(path + ": too many symbolic links");
      }
      String target = target(volume, next);
      at = target.startsWith("/") ? volume.root() : at;
      push(target);
    }
    return at;
  }

  /** Where a symbolic link points, a character for each byte. */
  public static String target(Volume volume, Inode link) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FileContent(volume, link).writeTo(bytes);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private DirectoryEntry entry(Inode directory, String name) throws IOException {
    if (!directory.directory()) {
      throw new VolumeException(path + ": \"" + readable(name) + "\" is looked for in a file");
    }
    return DirectoryEntry.all(volume, directory).stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new VolumeException(path + ": there is no \"" + readable(name) + "\""));
  }
}
