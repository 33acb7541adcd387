package ringside.cli.power;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may be found on a volume after a power cut: what was there after some number of operations,
 * of which none is missing that was durable, none is there that was not asked for, and none is
 * there by half.
 *
 * <p>Each sector of a file holds what some such state has there; what an operation has added to a
 * file is never found without its content.
 */
final class FileOracle {
  private static final int MOST_TOLD = 4;

  private final List<FileStep> steps;
  private final List<FileTree> trees;
  private final List<Map<String, String>> shapes = new ArrayList<>();

  FileOracle(FileTree before, ImmutableList<FileStep> steps) {
    this.steps = steps;
    this.trees = FileModel.trees(before, steps);
    for (int i = 0; i < trees.size(); i++) {
      boolean same = i > 0 && trees.get(i) == trees.get(i - 1);
      shapes.add(same ? shapes.getLast() : trees.get(i).shape());
    }
  }

  /** How many operations are durable for certain, after so many changes of the disk. */
  int durable(int changes) {
    int durable = 0;
    for (int i = 0; i < steps.size() && steps.get(i).answered() <= changes; i++) {
      durable = FileModel.syncs(steps.get(i)) ? i + 1 : durable;
    }
    return durable;
  }

  private int asked(int changes) {
    int asked = 0;
    while (asked < steps.size() && steps.get(asked).asked() <= changes) {
      asked++;
    }
    return asked;
  }

  /** What is wrong; nothing when the volume may look like this after so many changes. */
  List<String> problems(FileTree found, int changes) {
    int first = durable(changes);
    int last = asked(changes);
    Map<String, String> shape = found.shape();
    List<String> wrong = new ArrayList<>();
    for (int i = last; i >= first; i--) {
      if (shapes.get(i).equals(shape)) {
        List<String> content = content(found, i, first, last);
        if (content.isEmpty()) {
          return List.of();
        }
        wrong = content;
      }
    }
    return wrong.isEmpty() ? differences(shape, first, last) : wrong;
  }

  private List<String> differences(Map<String, String> shape, int first, int last) {
    List<String> wrong = new ArrayList<>();
    Set<String> paths = new TreeSet<>(shape.keySet());
    paths.addAll(shapes.get(first).keySet());
    for (String path : paths) {
      String is = shape.getOrDefault(path, "not there");
      Set<String> may = new TreeSet<>();
      for (int i = first; i <= last; i++) {
        may.add(shapes.get(i).getOrDefault(path, "not there"));
      }
      if (!may.contains(is)) {
        wrong.add("%s is %s, may be: %s".formatted(path, is, String.join("; ", may)));
      }
    }
    if (wrong.isEmpty()) {
      wrong.add("each name is as it may be, but all together are of no single moment");
    }
    return wrong.subList(0, Math.min(wrong.size(), MOST_TOLD));
  }

  private List<String> content(FileTree found, int at, int first, int last) {
    List<String> wrong = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    trees
        .get(at)
        .names()
        .forEach(
            (path, node) -> {
              if (node.kind() == 'f' && seen.add(node.id())) {
                int sector = wrongSector(found.names().get(path), node, at, first, last);
                if (sector >= 0) {
                  wrong.add(path + ", bytes from %d: of no write".formatted(sector));
                }
              }
            });
    return wrong.subList(0, Math.min(wrong.size(), MOST_TOLD));
  }

  /** Its offset, or -1. */
  private int wrongSector(FileNode found, FileNode node, int at, int first, int last) {
    for (int from = 0; from < node.size(); from += FileNode.SECTOR) {
      int to = Math.min(from + FileNode.SECTOR, node.size());
      if (!node.agrees(found.bytes(), from, to)
          && !ofAnother(found, node, at, first, last, from, to)) {
        return from;
      }
    }
    return -1;
  }

  private boolean ofAnother(
      FileNode found, FileNode node, int at, int first, int last, int from, int to) {
    for (int i = first; i <= last; i++) {
      FileNode other = i == at ? null : trees.get(i).file(node.id());
      boolean had =
          other != null
              && (i > at || to <= other.size() && other.written().get(from / FileNode.SECTOR));
      if (had && other.agrees(found.bytes(), from, to)) {
        return true;
      }
    }
    return false;
  }
}
