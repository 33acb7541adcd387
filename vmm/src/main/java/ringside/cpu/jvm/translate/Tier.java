package ringside.cpu.jvm.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import ringside.cpu.Segment;
import ringside.cpu.jvm.Block;
import ringside.cpu.jvm.CodeCache;
import ringside.cpu.jvm.CodePage;
import ringside.cpu.jvm.Core;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.memory.Gpa;

/**
 * One processor's use of translated code: counts how hot its blocks are, has regions made, and runs
 * them in the place of blocks.
 *
 * <p>Invariant: {@link #run} leaves the processor at a boundary of instructions to which the
 * interpreter would have come as well, with the same ticks, and not behind the end of the budget.
 */
public final class Tier {
  /** Executions after which a region that another processor has made is looked for. */
  private static final int WARM = 12;

  /** Ticks at most in one run of a region that never comes by an entry. */
  private static final int LONGEST = 8_000_000;

  /**
   * Ways out of a region of late ({@link Recent}), in {@link #cost}, at which it is made anew with
   * what was executed and missed since; by how often it was asked for. The more it is left, the
   * more its remaking may cost.
   */
  private static final int[] RESTLESS = {500, 8_000, 64_000, 512_000};

  /** See {@link #cost}. */
  private static final int MISSED = 4;

  private static final int IN_VAIN = 16;

  /** Entries of a region after which HotSpot is expected to have compiled it. */
  private static final int WORN_IN = 5_000;

  /** Blocks within which a region is expected to be found again after a chunk. */
  private static final int WAY_BACK = 64;

  private static final int MOST_REQUESTS = 8;
  private static final int MOST_FAILURES = 1_000;
  private static final int MOST_CAREFUL = 10_000;
  private static final long CR0_EM_TS = 0xc;
  private static final long CR4_OSFXSR = 1 << 9;
  private static final int ES = 0;
  private static final int CS = 1;
  private static final int SS = 2;
  private static final int DS = 3;
  private static final int BIG = 0x4000;

  /** Usable, present, no system segment, and of the type: code, expand-down, writable. */
  private static final int KIND = Segment.UNUSABLE | 0x9e;

  private static final int WRITABLE_DATA = 0x92;
  private static final long ALL = 0xffff_ffffL;

  private final Core core;
  private final CodeCache code;
  private final Translations translations;
  private final Statistics.Share counted;

  /** Other threads may call. */
  private final boolean prompt;

  /** RIPs of regions whose accesses often miss the window: at its ends, or far away. */
  private final Set<Long> outside = new HashSet<>();

  /** RIPs of instructions whose accesses often miss the TLB. */
  private final Set<Long> careful = new HashSet<>();

  private Block previous;

  /** How the last region was left. */
  private Place way;

  private long translated;

  /** Blocks to come that are on the way back to a region, not hot themselves. */
  private int uncounted;

  public Tier(Core core, CodeCache code, Translations translations) {
    this.core = core;
    this.code = code;
    this.translations = translations;
    this.counted = translations.statistics().open();
    this.prompt = !core.platform.oneThread();
  }

  /**
   * Runs the region that is entered at RIP, if there is one, and those that it is left for.
   *
   * @param block the block at RIP
   * @return false when nothing was executed: the interpreter has to
   */
  public boolean run(Block block) {
    Profile profile = block.profile;
    if (previous != null) {
      observe();
    }
    Attachment a = profile.attachment();
    if (a == null || profile.ticket != null) {
      a = warm(block, profile);
    }
    if (a != null && usable(a, profile) && enter(a, block)) {
      goOn();
      return true;
    }
    if (indirect(block)) {
      previous = block;
    }
    return false;
  }

  /** Stops where a run has anything to look at but the next region. */
  private void goOn() {
    boolean on = true;
    while (on && core.undisturbed() && (way == Place.ELSEWHERE || way == Place.INDIRECT)) {
      Block next = code.known();
      Profile profile = next == null ? null : next.profile;
      Attachment a = profile == null || profile.due() ? null : profile.attachment();
      on = a != null && usable(a, profile) && enter(a, next);
    }
  }

  /** A run of the processor is over, in which so many ticks passed. */
  public void ended(long ticks) {
    counted.add(ticks, translated);
    translated = 0;
  }

  /** The processor is no more. */
  public void close() {
    code.blocks().forEach(block -> block.profile.attach(null));
    translations.statistics().close(counted);
  }

  private static boolean indirect(Block block) {
    Insn last = block.insns[block.insns.length - 1];
    return switch (last.mnemonic) {
      case JMP, CALL -> !ControlCode.direct(last);
      case RET -> true;
      default -> false;
    };
  }

  private void observe() {
    previous.profile.went(core.rip);
    previous = null;
  }

  // Hot blocks

  private Attachment warm(Block block, Profile profile) {
    if (uncounted > 0) {
      uncounted--;
    } else {
      profile.executed(core.ticks);
    }
    int executions = profile.executions;
    Translations.Ticket ticket = profile.ticket;
    if (ticket != null) {
      if (ticket.region != null) {
        profile.ticket = null;
        made(attach(ticket.region, profile.ticketRip), profile);
      } else if (ticket.refused) {
        profile.ticket = null;
      }
    } else if (executions == WARM) {
      lookFor(block, profile);
    } else if (profile.hot(core.rip, translations.hot())) {
      lookFor(block, profile); // made, or of this flavour, since
      if (profile.attachment() == null) {
        request(block, core.rip, profile);
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
    if (!flat() || block.watched || bytes == null) {
      return null;
    }
    Region.Bytes entry = new Region.Bytes(rip, bytes);
    boolean window = core.mmu.mostlyWindow() && !outside.contains(rip);
    return first(entry, window ? Flavour.WINDOW : Flavour.TLB, r -> true);
  }

  /** The newest region with this entry that will do and whose code is here, or null. */
  private Attachment first(Region.Bytes entry, Flavour flavour, Predicate<Region> willDo) {
    for (Region region : translations.find(entry, core.mode, flavour, prompt)) {
      Attachment a = willDo.test(region) ? attach(region, entry.rip()) : null;
      if (a != null) {
        translations.statistics().hits.increment();
        return a;
      }
    }
    return null;
  }

  private void request(Block block, long rip, Profile profile) {
    profile.requests++;
    if (!flat() || block.watched) {
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
    Attachment other = doing(parts, flavour, missing, whole);
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
      List<Shape.Part> parts, Flavour flavour, Set<Long> missing, boolean whole) {
    Shape.Part begin = parts.getFirst();
    Region.Bytes entry = new Region.Bytes(begin.rip(), begin.code());
    return first(entry, flavour, r -> r.does(parts, flavour, missing, whole));
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
  private Attachment attach(Region region, long rip) {
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
        pages.values().toArray(CodePage[]::new),
        linear.stream().mapToLong(Long::longValue).toArray(),
        code.stamp());
  }

  // Running

  private boolean usable(Attachment a, Profile profile) {
    if (a.region.dropped) {
      profile.forget();
      return false;
    }
    return a.rip == core.rip
        && (a.stamp == code.stamp() || stillThere(a, profile))
        && flat()
        && vectors(a.region);
  }

  private boolean stillThere(Attachment a, Profile profile) {
    if (a.stale()) {
      translations.statistics().invalidations.increment();
      profile.forget();
      return false;
    }
    return inPlace(a);
  }

  /** Linear addresses lead to its pages. */
  private boolean inPlace(Attachment a) {
    for (int k = 0; k < a.pages.length; k++) {
      if (code.gfn(a.linear[k]) != a.pages[k].gfn) {
        return false;
      }
    }
    a.stamp = code.stamp();
    return true;
  }

  private boolean vectors(Region region) {
    return !region.vectors || (core.cr0 & CR0_EM_TS) == 0 && (core.cr4 & CR4_OSFXSR) != 0;
  }

  /** Segmentation does nothing: 64-bit mode, or flat segments of 4 GiB. */
  private boolean flat() {
    if (core.mode != CodeMode.BITS32) {
      return core.mode == CodeMode.BITS64;
    }
    for (int s = ES; s <= DS; s++) {
      boolean data = s == CS || (core.segmentAttributes[s] & KIND) == WRITABLE_DATA;
      if (core.segmentBase[s] != 0 || core.segmentLimit[s] != ALL || !data) {
        return false;
      }
    }
    return core.protectedMode() && (core.segmentAttributes[SS] & BIG) != 0;
  }

  private boolean enter(Attachment a, Block block) {
    return a.trial == null ? execute(a, block) : tryOut(a, a.trial, block);
  }

  private boolean tryOut(Attachment a, Trial trial, Block block) {
    Attachment elder = trial.elder;
    if (elder.region.dropped || elder.stale()) {
      a.trial = null;
    }
    if (a.trial == null || !serves(elder)) {
      return execute(a, block);
    }
    Attachment used = trial.turn() ? a : elder;
    if (!trial.measures()) {
      return execute(used, block);
    }
    long before = core.ticks;
    long begin = translations.hostNs();
    boolean done = execute(used, block);
    trial.took(translations.hostNs() - begin, core.ticks - before, way == Place.ACCESS);
    if (trial.over()) {
      elder.tell();
      a.trial = null;
    }
    return done;
  }

  /** What was there before does the same here: a block may lie at several linear addresses. */
  private boolean serves(Attachment elder) {
    return elder.rip == core.rip
        && (elder.stamp == code.stamp() || inPlace(elder))
        && vectors(elder.region);
  }

  private boolean execute(Attachment a, Block block) {
    Region region = a.region;
    long before = core.ticks;
    if (core.ticksEnd - before < region.code.least[a.entry]) {
      return false;
    }
    boolean shadow = core.shadow;
    core.shadow = false;
    int ticks = (int) Math.min(LONGEST, core.ticksEnd - before);
    int at = region.code.run(core, a.entry, ticks);
    Place place = at < 0 ? Place.INDIRECT : region.code.places[at];
    long done = core.ticks - before;
    way = place;
    a.count(place, done);
    if (place == Place.ACCESS && a.missed(at)) {
      mind(a, at);
    }
    if (place == Place.ELSEWHERE || place == Place.INDIRECT || place == Place.ACCESS) {
      restless(a, block, place, done);
    }
    if (done == 0) {
      core.shadow = shadow;
      failed(a, block.profile, place);
      return false;
    }
    uncounted = place == Place.BUDGET || place == Place.ACCESS && a.mayMend(at) ? WAY_BACK : 0;
    block.profile.executed(core.ticks);
    translated += done;
    long clock = translations.clock();
    if (region.used != clock) { // all read it
      region.used = clock;
    }
    return true;
  }

  /**
   * An instruction is often missed: when the region is made anew, it is to stay in it, by the TLB
   * where it was the window that was missed, else carefully.
   */
  private void mind(Attachment a, int at) {
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

  /** The region knows no way on: with what was executed and missed since, a new one may. */
  private void restless(Attachment a, Block block, Place place, long done) {
    a.sideExits.more(cost(place, done), core.ticks);
    Profile profile = block.profile;
    if (place == Place.INDIRECT) {
      profile.left(core.rip);
    }
    if (profile.requests < MOST_REQUESTS
        && a.sideExits.count() >= translations.patient(patience(profile))
        && a.ticks / a.uses < Attachment.WORTH
        && a == profile.attachment()
        && profile.ticket == null) {
      a.sideExits.clear();
      request(block, a.rip, profile); // RIP is no longer there
    }
  }

  private static int patience(Profile profile) {
    return RESTLESS[Math.clamp(profile.requests - 1, 0, RESTLESS.length - 1)];
  }

  /** Ways out to another region that this one is worth: behind others, blocks are interpreted. */
  private static int cost(Place place, long done) {
    return done == 0 ? IN_VAIN : place == Place.ACCESS ? MISSED : 1;
  }

  /** A first instruction that is never plain memory: no region can do it. */
  private static void failed(Attachment a, Profile profile, Place place) {
    if (place == Place.BUDGET || ++a.failures <= MOST_FAILURES) {
      return;
    }
    Attachment present = profile.attachment();
    if (present == a) {
      profile.attach(a.trial == null ? null : a.trial.elder);
    } else if (present != null) {
      present.trial = null;
    }
  }
}
