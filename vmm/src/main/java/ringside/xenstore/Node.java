package ringside.xenstore;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;

/**
 * A node as it is at one moment; a change makes a new one.
 *
 * @param value never changed in place
 * @param children names of the nodes directly below
 * @param generation number of the change that made it; 0 until it is in the tree
 */
record Node(
    byte[] value, Permissions permissions, ImmutableSortedSet<String> children, long generation) {
  static Node empty(Permissions permissions) {
    return new Node(new byte[0], permissions, ImmutableSortedSet.of(), 0);
  }

  Node withValue(byte[] bytes) {
    return new Node(bytes, permissions, children, generation);
  }

  Node withPermissions(Permissions changed) {
    return new Node(value, changed, children, generation);
  }

  Node withChild(String name) {
    ImmutableSortedSet<String> more =
        ImmutableSortedSet.<String>naturalOrder().addAll(children).add(name).build();
    return new Node(value, permissions, more, generation);
  }

  Node withoutChild(String name) {
    Iterable<String> fewer = Iterables.filter(children, child -> !child.equals(name));
    return new Node(value, permissions, ImmutableSortedSet.copyOf(fewer), generation);
  }

  Node withGeneration(long number) {
    return new Node(value, permissions, children, number);
  }
}
