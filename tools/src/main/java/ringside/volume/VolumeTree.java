package ringside.volume;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a program can find on a volume, as text: two volumes with the same files are told in the
 * same lines, wherever their blocks and inodes lie and whenever they were written.
 *
 * <p>Does not tell: times, extended attributes.
 */
public final class VolumeTree {
  private final Volume volume;
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, String> seen = new HashMap<>();

  private VolumeTree(Volume volume) {
    this.volume = volume;
  }

  /**
   * A line for each name, directory after directory, names in their order.
   *
   * @throws VolumeException when something cannot be read
   */
  public static List<String> lines(Volume volume) throws IOException {
    VolumeTree tree = new VolumeTree(volume);
    tree.directory("", volume.root());
    return tree.lines;
  }

  private void directory(String path, Inode directory) throws IOException {
    List<DirectoryEntry> entries =
        VolumePath.entries(volume, directory).stream()
            .filter(entry -> !entry.name().equals(".") && !entry.name().equals(".."))
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList();
    for (DirectoryEntry entry : entries) {
      String name = path + "/" + VolumePath.readable(entry.name());
      Inode inode = volume.inode(entry.inode());
      String first = seen.putIfAbsent(entry.inode(), name);
      lines.add(first == null ? line(name, inode) : name + " is " + first);
      if (inode.directory() && first == null) {
        directory(name, inode);
      }
    }
  }

  private String line(String name, Inode inode) throws IOException {
    String head =
        "%s %o %d:%d %d links"
            .formatted(name, inode.mode(), inode.uid(), inode.gid(), inode.links());
    if (inode.regular()) {
      return head + ", " + inode.size() + " bytes " + hash(inode);
    }
    return inode.symlink() ? head + " to " + VolumePath.target(volume, inode) : head;
  }

  private String hash(Inode inode) throws IOException {
    try (HashingOutputStream out =
        new HashingOutputStream(Hashing.murmur3_128(), ByteStreams.nullOutputStream())) {
      new FileContent(volume, inode).writeTo(out);
      return out.hash().toString();
    }
  }
}
