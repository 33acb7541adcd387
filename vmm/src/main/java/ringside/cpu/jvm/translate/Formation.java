package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.LongStream;
import ringside.cpu.jvm.Block;
import ringside.cpu.jvm.CodeCache;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Chooses the blocks of a region: from its entry along direct branches and calls, and where
 * indirect ones were seen to go, through code that is not cold; the hottest first. A return from
 * the function in which the region begins is followed to where such regions were left for, or when
 * it has but one caller, if that is as hot. Another region that has the entry inside is not gone
 * through again: the way to its own entry will do, unless it turned out to be gone very often. What
 * began there until now counts as hot: nobody counts how often blocks are executed inside a region.
 *
 * <p>Where code is too large for one region, a region ends where others begin: else each would have
 * most of what the others have, and HotSpot, which takes a tenth of a second for one, would never
 * come to an end. Here, too, a region that is left very often is made of all that it can have; it
 * may be entered where those others begin, and takes their place.
 */
final class Formation {
  private static final int MOST_INSTRUCTIONS = 400;

  /** Where the region is to be a whole. */
  private static final int MOST_OF_A_WHOLE = 700;

  /** Instructions for which one method may have no room. */
  private static final int LARGE = 240;

  private static final int LONG_SIZE = 8;

  /** A caller executed less than that part of the region's beginning is left out. */
  private static final int HOT_ENOUGH = 4;

  /** Requests of a region that is often left for elsewhere, after which it does all by itself. */
  private static final int OFTEN = 3;

  /** The same where the code is too large: by then that has cost as much as HotSpot takes. */
  static final int VERY_OFTEN = 4;

  /** Other code has to be executed more than that part to be taken in. */
  private static final int COLD = 64;

  private final CodeCache code;
  private final CodeMode mode;
  private final Map<Long, Shape.Part> chosen = new LinkedHashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();
  private int found;

  private final Profile entry;
  private final long first;

  /** Another region may be left to do the rest. */
  private final boolean bridges;

  /** Executions of the first block, but no more than make it hot: those inside are not counted. */
  private final int heat;

  /** What begins there until now, or null. */
  private final Shape present;

  /** The code is too large for one region. */
  private boolean large;

  /**
   * Equally hot ones in the order in which they were found.
   *
   * @param depth calls on the way there
   */
  private record Candidate(long rip, Block block, int heat, int depth, int number)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate o) {
      int hotter = Integer.compare(o.heat, heat);
      return hotter != 0 ? hotter : Integer.compare(number, o.number);
    }
  }

  private Formation(
      CodeCache code, CodeMode mode, Profile entry, long first, int hot, Shape present) {
    this.code = code;
    this.mode = mode;
    this.entry = entry;
    this.first = first;
    this.bridges = entry.requests < OFTEN;
    this.heat = Math.min(entry.executions, hot);
    this.present = present;
  }

  /**
   * The blocks of the region that begins at a block; empty when nothing can be translated.
   *
   * @param hot executions of a block that make it hot
   * @param present the region that begins there until now, or null
   */
  static List<Shape.Part> from(
      Block entry, long rip, CodeCache code, CodeMode mode, int hot, Shape present) {
    Formation f = new Formation(code, mode, entry.profile, rip, hot, present);
    boolean kept = entry.code.length == entry.bytes;
    if (!kept || Native.of(entry.insns[0], mode) == null && Forms.leaves(entry.insns[0])) {
      return List.of();
    }
    if (f.collect(rip, entry) > LARGE && !whole(entry.profile)) {
      f.large = true;
      f.collect(rip, entry);
    }
    return new ArrayList<>(f.chosen.values());
  }

  /** The region that begins there is left so often that it is to be a whole. */
  static boolean whole(Profile entry) {
    return entry.requests >= VERY_OFTEN;
  }

  /** Chooses the blocks anew; returns how many instructions they have. */
  private int collect(long rip, Block start) {
    chosen.clear();
    candidates.clear();
    found(rip, start, 0);
    int instructions = 0;
    int most = whole(entry) ? MOST_OF_A_WHOLE : MOST_INSTRUCTIONS;
    while (!candidates.isEmpty() && instructions < most) {
      Candidate next = candidates.poll();
      if (!chosen.containsKey(next.rip)) {
        choose(next);
        instructions += next.block.insns.length;
      }
    }
    return instructions;
  }

  private void found(long rip, Block block, int depth) {
    candidates.add(new Candidate(rip, block, heat(rip, block), depth, found++));
  }

  private int heat(long rip, Block block) {
    boolean had = present != null && present.at(rip) >= 0;
    return had ? Math.max(heat, block.profile.executions) : block.profile.executions;
  }

  private void choose(Candidate c) {
    Block block = c.block;
    Insn last = block.insns[block.insns.length - 1];
    long[] targets = targets(block, last, c.depth);
    Shape.Part part =
        new Shape.Part(c.rip, Arrays.asList(block.insns), block.code, targets, entry(c));
    chosen.put(c.rip, part);
    boolean translated = Native.of(last, mode) != null;
    if (!translated && Forms.leaves(last)) {
      return;
    }
    if (translated && Forms.ends(last)) {
      branch(part, last, c.depth);
    } else {
      follow(part.end(), c.depth);
    }
  }

  /** Where a region begins already, a whole takes its place. */
  private boolean entry(Candidate c) {
    Profile profile = c.block.profile;
    Attachment a = profile.attachment();
    boolean other =
        a != null && a.rip == c.rip && !a.region.shape.whole() && profile.ticket == null;
    return c.rip == first || whole(entry) && other;
  }

  private long[] targets(Block block, Insn last, int depth) {
    long[] seen = block.profile.targets;
    return last.mnemonic == Mnemonic.RET && depth == 0 && entry.usualExit != Profile.NOWHERE
        ? LongStream.concat(Arrays.stream(seen), LongStream.of(entry.usualExit))
            .distinct()
            .toArray()
        : seen;
  }

  private void branch(Shape.Part part, Insn last, int depth) {
    long own = part.end() - last.length;
    int inside = last.mnemonic == Mnemonic.CALL ? depth + 1 : depth;
    if (ControlCode.direct(last)) {
      follow(ControlCode.target(own, last), inside);
    } else if (last.mnemonic == Mnemonic.RET) {
      goBack(part, depth);
    } else {
      for (long target : part.targets()) {
        follow(target, inside);
      }
    }
    if (!EnumSet.of(Mnemonic.JMP, Mnemonic.RET, Mnemonic.IRET, Mnemonic.HLT)
        .contains(last.mnemonic)) {
      follow(part.end(), depth);
    }
  }

  private void goBack(Shape.Part part, int depth) {
    long target = entry.usualExit;
    if (target == Profile.NOWHERE && part.targets().length == 1) {
      target = part.targets()[0];
    }
    Block caller = depth == 0 ? code.peek(target) : null;
    if (caller != null && caller.profile.executions >= heat / HOT_ENOUGH) {
      follow(target, 0);
    }
  }

  private void follow(long target, int depth) {
    long rip = target & Gen.mask(mode.addressSize() == LONG_SIZE ? LONG_SIZE : 4);
    if (!chosen.containsKey(rip)) {
      Block block = code.peek(rip);
      boolean hot = block != null && heat(rip, block) > heat / COLD;
      if (hot && !(large ? block.profile.begins() : bridged(rip, block))) {
        found(rip, block, depth);
      }
    }
  }

  /** A region that has all of this one begins there: a way to it will do. */
  private boolean bridged(long rip, Block block) {
    Attachment a = block.profile.attachment();
    return bridges
        && entry.inside == rip
        && a != null
        && !a.region.cut
        && a.region.shape.at(first) >= 0;
  }
}
