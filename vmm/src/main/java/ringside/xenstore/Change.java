package ringside.xenstore;

/**
 * Something that watches fire for.
 *
 * @param exactly only watches of this very node fire, not those of nodes above
 * @param permissions of the node, after the change or before it was removed
 * @param others that also let a watcher hear of it: those of the parent, and those before the
 *     change
 */
record Change(String path, boolean exactly, Permissions permissions, Iterable<Permissions> others) {
  boolean matches(String watched) {
    return exactly ? path.equals(watched) : StorePath.isWithin(path, watched);
  }

  /** True when the domain may know. */
  boolean visibleTo(int domid) {
    if (permissions.allow(domid, Permission.READ)) {
      return true;
    }
    for (Permissions other : others) {
      if (other.allow(domid, Permission.READ)) {
        return true;
      }
    }
    return false;
  }
}
