package ringside.cli.power;

import com.google.common.collect.ImmutableSortedMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.volume.DirectoryEntry;
import ringside.volume.FileContent;
import ringside.volume.Inode;
import ringside.volume.Volume;
import ringside.volume.VolumePath;

/**
 * All names of a volume at one moment.
 *
 * @param names paths from the root, which is not among them
 */
record FileTree(ImmutableSortedMap<String, FileNode> names) {
  private static final int LARGEST = 16 << 20;

  /** Of a volume whose structures agree, in which directories have an end. */
  static FileTree of(Volume volume) throws IOException {
    SortedMap<String, FileNode> names = new TreeMap<>();
    walk(volume, volume.root(), "", names);
    return new FileTree(ImmutableSortedMap.copyOfSorted(names));
  }

  private static void walk(
      Volume volume, Inode directory, String path, SortedMap<String, FileNode> names)
      throws IOException {
    for (DirectoryEntry entry : VolumePath.entries(volume, directory)) {
      if (entry.name().equals(".") || entry.name().equals("..")) {
        continue;
      }
      Inode inode = volume.inode(entry.inode());
      String name = path + "/" + entry.name();
      names.put(name, node(volume, inode));
      if (inode.directory()) {
        walk(volume, inode, name, names);
      }
    }
  }

  private static FileNode node(Volume volume, Inode inode) throws IOException {
    if (inode.directory()) {
      return FileNode.of(inode.number(), 'd', new byte[0]);
    }
    if (inode.symlink()) {
      byte[] target = VolumePath.target(volume, inode).getBytes(StandardCharsets.ISO_8859_1);
      return FileNode.of(inode.number(), 'l', target);
    }
    if (inode.size() > LARGEST) {
      throw new IOException("inode " + inode.number() + " has " + inode.size() + " bytes");
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    new FileContent(volume, inode).writeTo(content);
    return FileNode.of(inode.number(), 'f', content.toByteArray());
  }

  /** Everything but the content of files, by name; hard links by the first name of their file. */
  Map<String, String> shape() {
    Map<String, String> shape = new TreeMap<>();
    Map<Integer, String> first = new HashMap<>();
    names.forEach(
        (path, node) ->
            shape.put(
                path,
                switch (node.kind()) {
                  case 'd' -> "a directory";
                  case 'l' -> "a link to " + new String(node.bytes(), StandardCharsets.ISO_8859_1);
                  default ->
                      "a file of %d bytes, which is %s"
                          .formatted(node.size(), first.computeIfAbsent(node.id(), id -> path));
                }));
    return shape;
  }

  /** Whether both have the same names of the same things with the same content. */
  boolean same(FileTree other) {
    return shape().equals(other.shape())
        && names.entrySet().stream()
            .allMatch(
                name ->
                    Arrays.equals(name.getValue().bytes(), other.names.get(name.getKey()).bytes()));
  }

  /** The file of an id, null when it has no name. */
  FileNode file(int id) {
    return names.values().stream().filter(n -> n.id() == id).findFirst().orElse(null);
  }
}
