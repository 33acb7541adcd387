package ringside.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The store that all domains of a machine share: the tree, and who watches it. The methods here are
 * for the hypervisor itself, which acts as domain 0; guests come by their {@link StoreRing}.
 *
 * <p>Invariant: everything that happens in the store happens in one order, under its lock; watches
 * fire by rising domain id, those of one domain in the order in which they were set.
 */
public final class XenStore {
  private final Tree tree = new Tree();
  private final SortedMap<Integer, StoreClient> clients = new TreeMap<>();

  /**
   * Creates or changes a node.
   *
   * @param path absolute
   * @throws IllegalArgumentException for a path that cannot be
   */
  public void write(String path, String value) {
    asDomain0(operations -> operations.write(StorePath.node(path, 0), StoreText.bytes(value)));
  }

  /** The value of a node, or null when there is none. */
  public synchronized String read(String path) {
    Node node = tree.get(path);
    return node == null ? null : StoreText.text(node.value());
  }

  /** Removes a node with all below. No effect when there is none. */
  public void remove(String path) {
    if (read(path) != null) {
      asDomain0(operations -> operations.remove(StorePath.node(path, 0)));
    }
  }

  /**
   * Sets who may do what to a node: "n0", "r5" as xenstore-chmod takes them, the owner first.
   *
   * @param path absolute, or {@code @introduceDomain} or {@code @releaseDomain}
   */
  public void permissions(String path, List<String> entries) {
    asDomain0(
        operations ->
            operations.permissions(StorePath.nodeOrSpecial(path, 0), Permissions.parse(entries)));
  }

  /** Asks a guest to do something by control/shutdown: poweroff, reboot, halt, suspend. */
  public void requestShutdown(int domid, String how) {
    write(StorePath.home(domid) + "/control/shutdown", how);
  }

  // For the connections

  /** A domain has come. Its nodes must be there already. */
  synchronized void introduce(StoreClient client) {
    clients.put(client.domid(), client);
    fireSpecial(StorePath.INTRODUCE_DOMAIN);
  }

  /** A domain has gone, with its nodes, its watches and its rights. */
  synchronized void release(int domid) {
    clients.remove(domid);
    remove(StorePath.home(domid));
    remove(DomainNodes.vmPath(domid));
    tree.forgetDomain(domid);
    fireSpecial(StorePath.RELEASE_DOMAIN);
  }

  private void fireSpecial(String name) {
    Permissions permissions = tree.get(name).permissions();
    fire(List.of(new Change(name, false, permissions, List.of())), 0);
  }

  boolean knows(int domid) {
    return domid == 0 || clients.containsKey(domid);
  }

  Tree tree() {
    return tree;
  }

  void fire(List<Change> changes, long cause) {
    for (Change change : changes) {
      for (StoreClient client : clients.values()) {
        client.fire(change, cause);
      }
    }
  }

  /** Something done to nodes. */
  @FunctionalInterface
  interface Action {
    void on(NodeOperations operations) throws StoreError;
  }

  /** Does it with all rights, then lets watches fire. */
  synchronized void asDomain0(Action action) {
    List<Change> changes = new ArrayList<>();
    try {
      action.on(new NodeOperations(tree, 0, changes));
    } catch (StoreError e) {
      throw new IllegalArgumentException("xenstore: " + e.getMessage(), e);
    }
    fire(changes, 0);
  }
}
