package ringside.grant;

import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A domain's mappings by handle. Handles count from 0; a freed one is given out again, the lowest
 * first.
 *
 * <p>Invariant: no two mappings have the same gfn.
 */
final class Maptrack {
  private final int limit;
  private final SortedMap<Integer, Mapping> mappings = new TreeMap<>();
  private final SortedSet<Long> gfns = new TreeSet<>();
  private final PriorityQueue<Integer> freed = new PriorityQueue<>();
  private int next;

  Maptrack(int limit) {
    this.limit = limit;
  }

  boolean full() {
    return mappings.size() >= limit;
  }

  int add(Mapping mapping) {
    int handle = freed.isEmpty() ? next++ : freed.poll();
    mappings.put(handle, mapping);
    gfns.add(mapping.gfn());
    return handle;
  }

  Mapping get(long handle) {
    return handle >= 0 && handle < next ? mappings.get((int) handle) : null;
  }

  void remove(long handle) {
    Mapping mapping = mappings.remove((int) handle);
    gfns.remove(mapping.gfn());
    freed.add((int) handle);
  }

  boolean at(long gfn) {
    return !gfns.isEmpty() && gfns.contains(gfn);
  }

  int size() {
    return mappings.size();
  }

  /** Forgets all; returns them by handle. */
  SortedMap<Integer, Mapping> clear() {
    SortedMap<Integer, Mapping> all = new TreeMap<>(mappings);
    mappings.clear();
    gfns.clear();
    freed.clear();
    next = 0;
    return all;
  }
}
