package ringside.xenstore;

/** Nodes by path: the tree itself, or what a transaction sees of it. */
abstract sealed class View permits Tree, Transaction {
  /** Null when there is no such node. */
  abstract Node get(String path);

  /** Adds or replaces; the caller keeps parents and children consistent. */
  abstract void put(String path, Node node);

  abstract void remove(String path);

  /** How many nodes belong to the domain. */
  abstract int owned(int domid);

  /** True when no further node can be looked at. */
  abstract boolean full();
}
