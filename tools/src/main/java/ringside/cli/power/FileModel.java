package ringside.cli.power;

import static ringside.abi.gen.IvmcFileAbi.*;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a volume holds after each file operation of a run, by what POSIX says of the operations. The
 * n-th pwrite writes n, as words of 64 bits.
 *
 * <p>Does not know: permissions, times, extended attributes, O_TRUNC and O_APPEND.
 */
final class FileModel {
  private final SortedMap<String, FileNode> names;
  private final Map<Integer, Integer> descriptors = new HashMap<>();
  private int ids;
  private long writes;

  private FileModel(FileTree before) {
    names = new TreeMap<>(before.names());
    ids = names.values().stream().mapToInt(FileNode::id).max().orElse(0);
  }

  /** The tree before the first step and after each of them. */
  static ImmutableList<FileTree> trees(FileTree before, List<FileStep> steps) {
    FileModel model = new FileModel(before);
    ImmutableList.Builder<FileTree> trees = ImmutableList.builder();
    FileTree last = before;
    trees.add(last);
    for (FileStep step : steps) {
      if (model.apply(step)) {
        last = new FileTree(ImmutableSortedMap.copyOfSorted(model.names));
      }
      trees.add(last);
    }
    return trees.build();
  }

  /** Whether all that was answered before is durable once this is. */
  static boolean syncs(FileStep step) {
    return step.result() >= 0
        && (step.op() == IVMC_FILE_SYNC
            || step.op() == IVMC_FILE_FSYNC
            || step.op() == IVMC_FILE_FDATASYNC);
  }

  private boolean apply(FileStep step) {
    writes += step.op() == IVMC_FILE_PWRITE ? 1 : 0;
    if (step.result() < 0) {
      return false;
    }
    switch (step.op()) {
      case IVMC_FILE_OPENAT -> {
        String path = step.paths().getFirst();
        boolean isNew = !names.containsKey(path);
        if (isNew) {
          add(path, 'f', "");
        }
        descriptors.put((int) step.result(), names.get(path).id());
        return isNew;
      }
      case IVMC_FILE_PWRITE ->
          change(
              descriptors.get(step.fd()),
              node -> node.with((int) step.offset(), (int) step.result(), writes));
      case IVMC_FILE_TRUNCATE ->
          change(names.get(step.paths().getFirst()).id(), node -> node.cutTo((int) step.offset()));
      case IVMC_FILE_MKDIRAT -> add(step.paths().getFirst(), 'd', "");
      case IVMC_FILE_SYMLINKAT -> add(step.paths().get(1), 'l', step.paths().get(0));
      case IVMC_FILE_UNLINKAT -> names.remove(step.paths().getFirst());
      case IVMC_FILE_LINKAT -> names.put(step.paths().get(1), names.get(step.paths().get(0)));
      case IVMC_FILE_RENAMEAT -> rename(step.paths().get(0), step.paths().get(1));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(String path, char kind, String content) {
    names.put(path, FileNode.of(++ids, kind, content.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private interface Change {
    FileNode of(FileNode node);
  }

  private void change(int id, Change change) {
    names.replaceAll((path, node) -> node.id() == id ? change.of(node) : node);
  }

  private void rename(String from, String to) {
    if (names.containsKey(to) && names.get(from).id() == names.get(to).id()) {
      return; // two names of one file stay
    }
    names.put(to, names.remove(from));
    SortedMap<String, FileNode> inside = new TreeMap<>(names.subMap(from + "/", from + "0"));
    inside.forEach(
        (path, node) -> {
          names.remove(path);
          names.put(to + path.substring(from.length()), node);
        });
  }
}
