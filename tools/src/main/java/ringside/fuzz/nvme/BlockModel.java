package ringside.fuzz.nvme;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each block of a namespace may hold, now and after a power cut.
 *
 * <p>Invariant: a block's candidates are all contents that may still come to light: those that may
 * be there now, and those that were overwritten, but for all we know only in the volatile cache.
 * Times are those of a counter that rises with everything that happens.
 */
final class BlockModel {
  private static final long NEVER = Long.MAX_VALUE;

  /** One content; each write makes its own. */
  private static final class Candidate {
    final long tag;
    final long began;
    long ended = NEVER;

    /** From here on, readers do not see it. */
    long hidden = NEVER;

    Candidate(long tag, long began) {
      this.tag = tag;
      this.began = began;
    }
  }

  private static final class Block {
    final List<Candidate> candidates = new ArrayList<>();

    /** Nothing was written since power came back: what is read is what is durable. */
    boolean durable = true;

    long changed;
  }

  /** A change of blocks that began and has not ended. */
  final class Change {
    private final int lba;
    private final List<Candidate> candidates = new ArrayList<>();

    private Change(int lba) {
      this.lba = lba;
    }

    /**
     * It is done: what ended before it began is overwritten.
     *
     * @param through and durable
     */
    void done(long now, boolean through) {
      for (int i = 0; i < candidates.size(); i++) {
        Candidate mine = candidates.get(i);
        Block block = blocks[lba + i];
        mine.ended = now;
        block.changed = now;
        for (Candidate other : block.candidates) {
          if (other.ended < mine.began) {
            other.hidden = Math.min(other.hidden, now);
          }
        }
        if (through) {
          block.candidates.removeIf(other -> other.hidden <= now);
        }
      }
    }

    /** It is over, and took place, or did not, or in some of its blocks. */
    void perhaps(long now) {
      for (int i = 0; i < candidates.size(); i++) {
        candidates.get(i).ended = now;
        blocks[lba + i].changed = now;
      }
    }

    /** It was refused before anything happened. */
    void refused(long now) {
      for (int i = 0; i < candidates.size(); i++) {
        blocks[lba + i].candidates.remove(candidates.get(i));
        blocks[lba + i].changed = now;
      }
    }
  }

  /** A look at blocks that began and has not ended. */
  final class Look {
    private final int lba;
    private final long began;
    private final List<Set<Long>> allowed = new ArrayList<>();

    private Look(int lba, int count, long now) {
      this.lba = lba;
      this.began = now;
      for (int i = 0; i < count; i++) {
        Set<Long> tags = new LinkedHashSet<>();
        for (Candidate candidate : blocks[lba + i].candidates) {
          if (candidate.hidden == NEVER) {
            tags.add(candidate.tag);
          }
        }
        allowed.add(tags);
      }
    }

    /** Whether block i of the look may have been seen with this content. */
    boolean may(int i, long tag) {
      return allowed.get(i).contains(tag);
    }

    /** Whether block i of the look may have been seen with another content. */
    boolean mayNot(int i, long tag) {
      return allowed.get(i).size() > (may(i, tag) ? 1 : 0);
    }

    String allowed(int i) {
      return allowed.get(i).stream().map(Content::name).collect(Collectors.joining(" or "));
    }

    /** Block i was seen so: if nobody was changing it, that is what it holds. */
    void saw(int i, long tag) {
      Block block = blocks[lba + i];
      boolean quiet =
          block.changed < began && block.candidates.stream().allMatch(c -> c.ended != NEVER);
      if (!quiet) {
        return;
      }
      for (Candidate candidate : block.candidates) {
        if (candidate.tag != tag) {
          candidate.hidden = Math.min(candidate.hidden, began);
        }
      }
      if (block.durable) {
        block.candidates.removeIf(candidate -> candidate.tag != tag);
      }
    }

    /** Must be called in the end. */
    void over() {
      looks.remove(this);
    }
  }

  private final Block[] blocks;
  private final List<Look> looks = new ArrayList<>();

  /** Blocks of zeroes. */
  BlockModel(int count) {
    blocks = new Block[count];
    for (int i = 0; i < count; i++) {
      Candidate zero = new Candidate(Content.ZERO, 0);
      zero.ended = 0;
      blocks[i] = new Block();
      blocks[i].candidates.add(zero);
    }
  }

  int count() {
    return blocks.length;
  }

  /**
   * Something begins to change blocks.
   *
   * @param tags what they become
   */
  Change change(int lba, long[] tags, long now) {
    Change change = new Change(lba);
    for (int i = 0; i < tags.length; i++) {
      Candidate candidate = new Candidate(tags[i], now);
      Block block = blocks[lba + i];
      change.candidates.add(candidate);
      block.candidates.add(candidate);
      block.durable = false;
      block.changed = now;
      for (Look look : looks) {
        int seen = lba + i - look.lba;
        if (seen >= 0 && seen < look.allowed.size()) {
          look.allowed.get(seen).add(tags[i]);
        }
      }
    }
    return change;
  }

  /** Something begins to look at blocks. */
  Look look(int lba, int count, long now) {
    Look look = new Look(lba, count, now);
    looks.add(look);
    return look;
  }

  /** A content that a block may hold now, for whoever wants to guess right. */
  long guess(int lba) {
    List<Candidate> candidates = blocks[lba].candidates;
    for (int i = candidates.size() - 1; i >= 0; i--) {
      if (candidates.get(i).hidden == NEVER) {
        return candidates.get(i).tag;
      }
    }
    throw new IllegalStateException("block " + lba + " holds nothing");
  }

  /** Everything that had ended by a time is durable: what was overwritten by then is gone. */
  void durable(long since) {
    durable(0, blocks.length, since);
  }

  /** The same, of some blocks alone. */
  void durable(int lba, int count, long since) {
    for (int i = lba; i < lba + count; i++) {
      blocks[i].candidates.removeIf(candidate -> candidate.hidden <= since);
    }
  }

  /** Power failed: any candidate may be what is left. */
  void powerCut(long now) {
    looks.clear();
    for (Block block : blocks) {
      block.durable = true;
      block.changed = now;
      for (Candidate candidate : block.candidates) {
        candidate.hidden = NEVER;
        candidate.ended = Math.min(candidate.ended, now);
      }
    }
  }
}
