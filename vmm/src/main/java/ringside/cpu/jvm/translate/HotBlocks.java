package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import ringside.cpu.jvm.Block;
import ringside.cpu.jvm.CodeCache;
import ringside.cpu.jvm.CodePage;
import ringside.cpu.jvm.Core;
import ringside.cpu.x86.Insn;
import ringside.memory.Gpa;

/**
 * Which regions one processor has: counts how hot its blocks are, asks for regions where they are,
 * and takes what it or others had made of the same code.
 *
 * <p>Invariant: what is attached here was made of the bytes that lay there at that moment, at their
 * linear addresses; see {@link Attachment} for how long that is so.
 */
final class HotBlocks {
  /** Executions after which a region that another processor has made is looked for. */
  private static final int WARM = 12;

  /** Entries of a region after which HotSpot is expected to have compiled it. */
  private static final int WORN_IN = 5_000;

  private static final int MOST_CAREFUL = 10_000;

  private final Core core;
  private final CodeCache code;
  private final Translations translations;

  /** Other threads may call. */
  private final boolean prompt;

  /** RIPs of regions whose accesses often miss the window: at its ends, or far away. */
  private final Set<Long> outside = new HashSet<>();

  /** RIPs of instructions whose accesses often miss the TLB. */
  private final Set<Long> careful = new HashSet<>();

  /** Blocks to come that are on the way back to a region, not hot themselves. */
  private int uncounted;

  HotBlocks(Core core, CodeCache code, Translations translations) {
    this.core = core;
    this.code = code;
    this.translations = translations;
    this.prompt = !core.platform.oneThread();
  }

  /** A region was left, and is expected to be found again within so many blocks; 0 for not. */
  void back(int blocks) {
    uncounted = blocks;
  }

  /**
   * The region that begins with a block which is about to be executed, or null. Counts that, asks
   * for a region when the block has become hot, and attaches one that has been made.
   */
  Attachment regionOf(Block block, Profile profile) {
    if (uncounted > 0) {
      uncounted--;
    } else {
      profile.executed(1, core.ticks);
    }
    int executions = profile.executions;
    Translations.Ticket ticket = profile.ticket;
    if (ticket != null) {
      if (ticket.region != null) {
        profile.ticket = null;
        made(attach(ticket.region, block, profile.ticketRip), profile);
      } else if (ticket.refused) {
        profile.ticket = null;
      }
    } else if (executions == WARM) {
      lookFor(block, profile);
    } else if (profile.hot(core.rip, translations.hot())) {
      lookFor(block, profile); // made, or of this flavour, since
      if (profile.attachment() == null) {
        request(block, core.rip);
      }
    }
    return profile.attachment();
  }

  /**
   * The region that was asked for is there.
   *
   * @param a null when code has changed since, or when it was cut before this entry
   */
  private void made(Attachment a, Profile profile) {
    if (a != null) {
      Attachment present = profile.attachment();
      Attachment elder = present == null || present.trial == null ? present : present.trial.elder;
      if (elder != null && elder.uses >= translations.patient(WORN_IN)) {
        a.trial = new Trial(elder);
      }
      profile.attach(a);
      profile.requests = Math.max(profile.requests, profile.ticketRequests);
    } else if (profile.attachment() == null) {
      profile.forget();
    }
  }

  /** A region that is there already was asked for as often as there are others like it. */
  private void lookFor(Block block, Profile profile) {
    profile.attach(known(block, core.rip));
    if (profile.attachment() != null) {
      boolean whole = profile.attachment().region.shape.whole();
      profile.requests =
          whole
              ? Formation.VERY_OFTEN
              : translations.like(profile.attachment().region, profile.attachment().entry);
    }
  }

  /** A region that somebody else has had made of the same code, or null. */
  private Attachment known(Block block, long rip) {
    byte[] bytes = code.bytes(rip, block.bytes);
    if (!FlatSegments.in(core) || block.watched || bytes == null) {
      return null;
    }
    Region.Bytes entry = new Region.Bytes(rip, bytes);
    boolean window = core.mmu.mostlyWindow() && !outside.contains(rip);
    return first(block, entry, window ? Flavour.WINDOW : Flavour.TLB, r -> true);
  }

  /** The newest region with this entry that will do and whose code is here, or null. */
  private Attachment first(
      Block block, Region.Bytes entry, Flavour flavour, Predicate<Region> willDo) {
    for (Region region : translations.find(entry, core.mode, flavour, prompt)) {
      Attachment a = willDo.test(region) ? attach(region, block, entry.rip()) : null;
      if (a != null) {
        translations.statistics().hits.increment();
        return a;
      }
    }
    return null;
  }

  /**
   * Has a region made that begins at a block, unless the present one or another does as much.
   *
   * @param rip of the block
   */
  void request(Block block, long rip) {
    Profile profile = block.profile;
    profile.requests++;
    if (!FlatSegments.in(core) || block.watched) {
      return;
    }
    Region present = profile.attachment() == null ? null : profile.attachment().region;
    Shape until = present == null ? null : present.shape;
    List<Shape.Part> parts = Formation.from(block, rip, code, core.mode, translations.hot(), until);
    if (parts.isEmpty()) {
      return;
    }
    Set<Long> missing = missing(parts);
    Flavour flavour = flavour(parts, missing);
    boolean whole = Formation.whole(profile);
    boolean same = present != null && present.shape.minds(flavour, missing);
    if (same && (present.shape.whole() || present.does(parts, flavour, missing, whole))) {
      return;
    }
    Attachment other = doing(block, parts, flavour, missing, whole);
    if (other != null) {
      made(other, profile);
      return;
    }
    Shape shape = Shape.of(core.mode, flavour, prompt, whole, missing, parts);
    Translations.Ticket ticket = translations.request(shape);
    profile.ask(ticket, rip, profile.requests);
    for (Shape.Part part : parts) {
      Block member = code.peek(part.rip());
      if (member != null && member != block) {
        if (part.entry()) {
          member.profile.ask(ticket, part.rip(), profile.requests);
        }
        member.profile.claimed(rip, ticket);
      }
    }
  }

  /**
   * A region that was made before, in another life of this processor or by another one, or null.
   */
  private Attachment doing(
      Block block, List<Shape.Part> parts, Flavour flavour, Set<Long> missing, boolean whole) {
    Shape.Part begin = parts.getFirst();
    Region.Bytes entry = new Region.Bytes(begin.rip(), begin.code());
    return first(block, entry, flavour, r -> r.does(parts, flavour, missing, whole));
  }

  /** Those of the careful RIPs that the parts have. */
  private Set<Long> missing(List<Shape.Part> parts) {
    Set<Long> missing = new HashSet<>();
    for (Shape.Part part : parts) {
      long rip = part.rip();
      for (Insn i : part.insns()) {
        if (careful.contains(rip)) {
          missing.add(rip);
        }
        rip += i.length;
      }
    }
    return Set.copyOf(missing);
  }

  /** Of a region of these parts, with those instructions being careful. */
  private Flavour flavour(List<Shape.Part> parts, Set<Long> minds) {
    boolean outer = parts.stream().anyMatch(p -> p.entry() && outside.contains(p.rip()));
    boolean window = core.mmu.mostlyWindow() && !outer && minds.isEmpty();
    return window ? Flavour.WINDOW : Flavour.TLB;
  }

  /**
   * Null when this processor's memory does not hold the region's code at its addresses, or when it
   * has no entry there.
   */
  private Attachment attach(Region region, Block block, long rip) {
    int entry = region.entry(rip);
    if (region.dropped || entry < 0) {
      return null;
    }
    Map<Long, CodePage> pages = new TreeMap<>();
    for (Region.Bytes part : region.bytes) {
      long last = part.rip() + part.code().length - 1;
      for (long page = part.rip() & -Gpa.PAGE_SIZE; page <= last; page += Gpa.PAGE_SIZE) {
        if (!pages.containsKey(page)) {
          CodePage held = code.hold(page);
          if (held == null) {
            return null;
          }
          pages.put(page, held);
        }
      }
    }
    for (Region.Bytes part : region.bytes) {
      if (code.watchedIn(part.rip(), part.code().length)
          || !Arrays.equals(part.code(), code.bytes(part.rip(), part.code().length))) {
        return null;
      }
    }
    List<Long> linear = new ArrayList<>(pages.keySet());
    return new Attachment(
        region,
        entry,
        block,
        pages.values().toArray(CodePage[]::new),
        linear.stream().mapToLong(Long::longValue).toArray(),
        code.stamp());
  }

  /**
   * An instruction is often missed: when the region is made anew, it is to stay in it, by the TLB
   * where it was the window that was missed, else carefully.
   */
  void mind(Attachment a, int at) {
    if (a.region.shape.flavour() == Flavour.WINDOW) {
      remember(outside, a.rip);
    } else {
      remember(careful, a.region.code.rips[at]);
    }
  }

  private static void remember(Set<Long> some, long rip) {
    if (some.size() == MOST_CAREFUL) {
      some.clear();
    }
    some.add(rip);
  }
}
