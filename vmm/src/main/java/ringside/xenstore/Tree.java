package ringside.xenstore;

import com.google.common.collect.ImmutableList;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All nodes of the store, by absolute path.
 *
 * <p>Invariant: the parent of every node exists and names it among its children; generations rise
 * with every change.
 */
final class Tree extends View {
  private final SortedMap<String, Node> nodes = new TreeMap<>();
  private final SortedMap<Integer, Integer> owned = new TreeMap<>();
  private long generation;

  Tree() {
    put(StorePath.ROOT, Node.empty(Permissions.ownedBy(0)));
    put(StorePath.INTRODUCE_DOMAIN, Node.empty(Permissions.ownedBy(0)));
    put(StorePath.RELEASE_DOMAIN, Node.empty(Permissions.ownedBy(0)));
  }

  @Override
  Node get(String path) {
    return nodes.get(path);
  }

  @Override
  void put(String path, Node node) {
    forget(nodes.put(path, node.withGeneration(++generation)));
    owned.merge(node.permissions().owner(), 1, Integer::sum);
  }

  @Override
  void remove(String path) {
    forget(nodes.remove(path));
  }

  private void forget(Node node) {
    if (node != null) {
      owned.merge(node.permissions().owner(), -1, Integer::sum);
    }
  }

  @Override
  int owned(int domid) {
    return owned.getOrDefault(domid, 0);
  }

  @Override
  boolean full() {
    return false;
  }

  /** Generation of the node, 0 for one that does not exist. */
  long generation(String path) {
    Node node = nodes.get(path);
    return node == null ? 0 : node.generation();
  }

  /** Takes a domain out of all permissions. */
  void forgetDomain(int domid) {
    for (String path : ImmutableList.copyOf(nodes.keySet())) {
      Node node = nodes.get(path);
      if (node.permissions().names(domid)) {
        put(path, node.withPermissions(node.permissions().without(domid)));
      }
    }
    owned.remove(domid);
  }
}
