package ringside.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one client has read and changed since it started a transaction.
 *
 * <p>Invariant: nothing in the tree changes before {@link #commit}; it succeeds only if every node
 * that was looked at, absent ones included, is still as it was when it was first looked at.
 */
final class Transaction extends View {
  /** Nodes that a transaction may touch; more are refused. */
  static final int MAX_NODES = 1024;

  /** Changes after which a transaction may do no more; each is kept until its end. */
  static final int MAX_CHANGES = 4096;

  private final Tree tree;
  private final SortedMap<String, Optional<Node>> changed = new TreeMap<>();
  private final SortedMap<String, Optional<Node>> seen = new TreeMap<>();
  private final SortedMap<Integer, Integer> ownedMore = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  Transaction(Tree tree) {
    this.tree = tree;
  }

  @Override
  Node get(String path) {
    Optional<Node> own = changed.get(path);
    return (own == null ? original(path) : own).orElse(null);
  }

  private Optional<Node> original(String path) {
    return seen.computeIfAbsent(path, p -> Optional.ofNullable(tree.get(p)));
  }

  @Override
  void put(String path, Node node) {
    count(get(path), -1);
    changed.put(path, Optional.of(node));
    count(node, 1);
  }

  @Override
  void remove(String path) {
    count(get(path), -1);
    changed.put(path, Optional.empty());
  }

  private void count(Node node, int by) {
    if (node != null) {
      ownedMore.merge(node.permissions().owner(), by, Integer::sum);
    }
  }

  @Override
  int owned(int domid) {
    return tree.owned(domid) + ownedMore.getOrDefault(domid, 0);
  }

  @Override
  boolean full() {
    return seen.size() >= MAX_NODES || changes.size() >= MAX_CHANGES;
  }

  /** What to fire watches for after the commit. */
  List<Change> changes() {
    return changes;
  }

  /** Puts all into the tree, or nothing; false when it conflicts with what others did. */
  boolean commit() {
    for (var entry : seen.entrySet()) {
      long then = entry.getValue().map(Node::generation).orElse(0L);
      if (tree.generation(entry.getKey()) != then) {
        return false;
      }
    }
    changed.forEach(
        (path, node) ->
            node.ifPresentOrElse(there -> tree.put(path, there), () -> tree.remove(path)));
    return true;
  }
}
