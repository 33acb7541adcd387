package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;

/** The namespaces, 1 to n, and whether what is written to them may be lost. */
final class Disks {
  /**
   * @param blockBytes size of a logical block
   */
  record Namespace(int nsid, int blockBytes, BlockModel blocks) {}

  private final ImmutableList<Namespace> namespaces;
  private boolean cacheOff;
  private long writes;

  Disks(ImmutableList<Namespace> namespaces) {
    this.namespaces = namespaces;
  }

  int count() {
    return namespaces.size();
  }

  /**
   * @param nsid from 1
   */
  Namespace get(int nsid) {
    return namespaces.get(nsid - 1);
  }

  /** Number of the next write: no two write the same. */
  long nextWrite() {
    return ++writes;
  }

  /** Whether writes are durable when they complete. */
  boolean cacheOff() {
    return cacheOff;
  }

  void cacheOff(boolean off) {
    cacheOff = off;
  }

  void durable(long since) {
    namespaces.forEach(namespace -> namespace.blocks().durable(since));
  }

  void powerCut(long now) {
    namespaces.forEach(namespace -> namespace.blocks().powerCut(now));
  }
}
