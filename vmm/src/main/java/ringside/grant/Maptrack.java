package ringside.grant;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A domain's mappings by handle. Handles count from 0; a freed one is given out again, the lowest
 * first.
 *
 * <p>Invariant: no two mappings have the same gfn.
 */
final class Maptrack {
  private final int limit;

  /** By handle; null for a handle that is free. */
  private final List<Mapping> mappings = new ArrayList<>();

  private final BitSet handles = new BitSet();
  private final BitSet gfns = new BitSet();
  private int size;

  /** No handle below is free. */
  private int lowest;

  Maptrack(int limit) {
    this.limit = limit;
  }

  boolean full() {
    return size >= limit;
  }

  int add(Mapping mapping) {
    int handle = handles.nextClearBit(lowest);
    if (handle == mappings.size()) {
      mappings.add(mapping);
    } else {
      mappings.set(handle, mapping);
    }
    handles.set(handle);
    gfns.set((int) mapping.gfn());
    lowest = handle + 1;
    size++;
    return handle;
  }

  Mapping get(long handle) {
    return handle >= 0 && handle < mappings.size() ? mappings.get((int) handle) : null;
  }

  void remove(long handle) {
    Mapping mapping = mappings.set((int) handle, null);
    handles.clear((int) handle);
    gfns.clear((int) mapping.gfn());
    lowest = Math.min(lowest, (int) handle);
    size--;
  }

  boolean at(long gfn) {
    return size > 0 && gfn >= 0 && gfn <= Integer.MAX_VALUE && gfns.get((int) gfn);
  }

  int size() {
    return size;
  }

  /** The lowest handle in use from a number on, or -1. */
  int next(int handle) {
    return handles.nextSetBit(handle);
  }
}
