package ringside.device.nvme;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What blocks may hold after a power cut, by what a host knows: which commands it gave, and which
 * have completed. Commands that change the same block are never under way together.
 *
 * <p>Invariant: of each block all versions are kept that may still come to light: the last one that
 * is known to be durable, and all later ones.
 */
final class Durability {
  /** What a command does to some blocks. */
  enum Kind {
    /** They get a new content. */
    CHANGE,
    /** So they do, and it is durable when the command completes. */
    CHANGE_THROUGH,
    /** What they hold becomes durable. */
    COMMIT
  }

  /** A command under way. */
  final class Command {
    private final Kind kind;
    private final int lba;
    private final int count;
    private final int order;
    private final boolean cacheOff;
    private final List<Integer> seen = new ArrayList<>();

    private Command(Kind kind, int lba, int count, int tag) {
      this.kind = kind;
      this.lba = lba;
      this.count = count;
      this.order = ++clock;
      this.cacheOff = noCache;
      for (int i = lba; i < lba + count; i++) {
        seen.add(visible[i]);
        if (kind != Kind.COMMIT) {
          versions.get(i).put(order, tag);
        }
      }
    }

    boolean changes(int first, int blocks) {
      return kind != Kind.COMMIT && first < lba + count && lba < first + blocks;
    }

    /** The host has seen its completion. */
    void done() {
      for (int i = 0; i < count; i++) {
        TreeMap<Integer, Integer> block = versions.get(lba + i);
        if (kind == Kind.COMMIT) {
          block.headMap(seen.get(i)).clear();
        } else {
          visible[lba + i] = order;
        }
        if (kind == Kind.CHANGE_THROUGH || kind == Kind.CHANGE && cacheOff && noCache) {
          block.headMap(order).clear();
        }
      }
    }
  }

  private final List<TreeMap<Integer, Integer>> versions = new ArrayList<>();
  private final int[] visible;
  private int clock;
  private boolean noCache;

  /** Blocks that hold the tag 0, durably. */
  Durability(int blocks) {
    visible = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      versions.add(new TreeMap<>());
      versions.get(i).put(0, 0);
    }
  }

  /** A command is about to be given. */
  Command begin(Kind kind, int lba, int count, int tag) {
    return new Command(kind, lba, count, tag);
  }

  /** The cache is known to be off, or may be on from now on. */
  void cacheOff(boolean off) {
    noCache = off;
  }

  /** The tags that a block may hold if power fails now. */
  Collection<Integer> mayHold(int lba) {
    return versions.get(lba).values();
  }
}
