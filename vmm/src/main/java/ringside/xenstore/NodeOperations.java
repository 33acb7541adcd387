package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.EACCES;
import static ringside.abi.gen.ErrnoAbi.EAGAIN;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;
import static ringside.abi.gen.ErrnoAbi.EPERM;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one domain does to nodes, with its rights and within its quotas (xenstored's defaults).
 * Domain 0, the hypervisor itself, has all rights and no quota.
 */
final class NodeOperations {
  /** Nodes that one domain may own. */
  static final int MAX_NODES = 1000;

  /** Bytes of a value that a domain writes. */
  static final int MAX_VALUE = 2048;

  /** Entries of a node's permissions. */
  static final int MAX_PERMISSIONS = 5;

  private final View view;
  private final int domid;
  private final List<Change> changes;

  /**
   * @param changes takes what watches have to fire for
   */
  NodeOperations(View view, int domid, List<Change> changes) {
    this.view = view;
    this.domid = domid;
    this.changes = changes;
  }

  /** The node, if the domain has the rights; ENOENT only for those who may know that. */
  Node get(String path, int rights) throws StoreError {
    if (view.full()) {
      throw new StoreError(ENOSPC);
    }
    Node node = view.get(path);
    if (node == null) {
      throw new StoreError(mayKnow(path, rights) ? ENOENT : EACCES);
    }
    if (!node.permissions().allow(domid, rights)) {
      throw new StoreError(EACCES);
    }
    return node;
  }

  private boolean mayKnow(String path, int rights) {
    return path.startsWith("/") && (nearest(path).permissions().rights(domid) & rights) != 0;
  }

  /** The closest node above that exists. */
  private Node nearest(String path) {
    String above = StorePath.parent(path);
    while (view.get(above) == null) {
      above = StorePath.parent(above);
    }
    return view.get(above);
  }

  /** As {@link #get}, but null for a node that may be created. */
  private Node getOrAbsent(String path) throws StoreError {
    try {
      return get(path, Permission.WRITE);
    } catch (StoreError e) {
      if (e.errno() == ENOENT) {
        return null;
      }
      throw e;
    }
  }

  void write(String path, byte[] value) throws StoreError {
    if (domid != 0 && value.length > MAX_VALUE) {
      throw new StoreError(ENOSPC);
    }
    Node node = getOrAbsent(path);
    if (node == null) {
      create(path, value);
    } else {
      view.put(path, node.withValue(value));
    }
    changed(path, view.get(path), ImmutableList.of());
  }

  void mkdir(String path) throws StoreError {
    if (getOrAbsent(path) == null) {
      create(path, new byte[0]);
      changed(path, view.get(path), ImmutableList.of());
    }
  }

  /** With all missing nodes above; they inherit permissions, and belong to who creates them. */
  private void create(String path, byte[] value) throws StoreError {
    Deque<String> missing = new ArrayDeque<>();
    String above = path;
    while (view.get(above) == null) {
      missing.push(above);
      above = StorePath.parent(above);
    }
    if (domid != 0 && view.owned(domid) + missing.size() > MAX_NODES) {
      throw new StoreError(ENOSPC);
    }
    Permissions inherited = view.get(above).permissions();
    Permissions permissions = domid == 0 ? inherited : inherited.withOwner(domid);
    for (String next : missing) {
      view.put(above, view.get(above).withChild(StorePath.name(next)));
      view.put(next, Node.empty(permissions));
      above = next;
    }
    view.put(path, view.get(path).withValue(value));
  }

  /** With all below it. Removing what is not there is fine when its parent is. */
  void remove(String path) throws StoreError {
    Node node = getOrAbsent(path);
    if (path.equals(StorePath.ROOT)) {
      throw new StoreError(EINVAL);
    }
    if (node == null) {
      if (view.get(StorePath.parent(path)) == null) {
        throw new StoreError(ENOENT);
      }
      return;
    }
    String parent = StorePath.parent(path);
    changed(path, node, ImmutableList.of());
    view.put(parent, parentOf(path).withoutChild(StorePath.name(path)));
    removeBelow(path, node);
  }

  private void removeBelow(String top, Node topNode) throws StoreError {
    Deque<String> left = new ArrayDeque<>();
    topNode.children().forEach(name -> left.add(StorePath.child(top, name)));
    view.remove(top);
    ImmutableList<Permissions> above = ImmutableList.of(topNode.permissions());
    while (!left.isEmpty()) {
      String path = left.poll();
      Node node = view.get(path);
      if (node == null) {
        throw new StoreError(EAGAIN); // somebody else removed it: the transaction cannot succeed
      }
      node.children().forEach(name -> left.add(StorePath.child(path, name)));
      view.remove(path);
      changes.add(new Change(path, true, node.permissions(), above));
    }
  }

  /** The first entry must name the owner that the node has, unless domain 0 asks. */
  void permissions(String path, Permissions permissions) throws StoreError {
    if (domid != 0 && permissions.entries().size() > MAX_PERMISSIONS) {
      throw new StoreError(ENOSPC);
    }
    Node node = get(path, Permission.WRITE);
    Permissions before = node.permissions();
    if (!before.isOwner(domid)) {
      throw new StoreError(EACCES);
    }
    if (domid != 0 && permissions.owner() != before.owner()) {
      throw new StoreError(EPERM);
    }
    view.put(path, node.withPermissions(permissions));
    changed(path, view.get(path), ImmutableList.of(before));
  }

  /** Of a node that a transaction has seen, the parent may be gone; it cannot succeed then. */
  private Node parentOf(String path) throws StoreError {
    Node parent = view.get(StorePath.parent(path));
    if (parent == null) {
      throw new StoreError(EAGAIN);
    }
    return parent;
  }

  private void changed(String path, Node node, ImmutableList<Permissions> before)
      throws StoreError {
    ImmutableList.Builder<Permissions> others = ImmutableList.builder();
    others.addAll(before);
    if (path.startsWith("/") && !path.equals(StorePath.ROOT)) {
      others.add(parentOf(path).permissions());
    }
    changes.add(new Change(path, false, node.permissions(), others.build()));
  }
}
