package ringside.cpu.jvm.translate;

import ringside.cpu.jvm.Block;
import ringside.cpu.jvm.CodeCache;
import ringside.cpu.jvm.Core;
import ringside.cpu.x86.Insn;

/**
 * One processor's use of translated code: runs regions in the place of blocks, tries new ones out,
 * and has those made anew that know too few ways on. {@link HotBlocks} says which there are.
 *
 * <p>Invariant: {@link #run} leaves the processor at a boundary of instructions to which the
 * interpreter would have come as well, with the same ticks, and not behind the end of the budget.
 */
public final class Tier {
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

  /** Blocks within which a region is expected to be found again after a chunk. */
  private static final int WAY_BACK = 64;

  /** See {@link #review}: it looks at much that a region is entered and left without. */
  private static final int OFTEN = 32;

  private static final int MOST_REQUESTS = 8;

  private static final long CR0_EM_TS = 0xc;
  private static final long CR4_OSFXSR = 1 << 9;

  private final Core core;
  private final CodeCache code;
  private final Translations translations;
  private final Statistics.Share counted;
  private final HotBlocks hot;
  private final Links links = new Links();

  /** Entries after which an attachment is looked at. */
  private final int often;

  private Block previous;

  /** How the last region was left. */
  private Place way;

  private long translated;

  public Tier(Core core, CodeCache code, Translations translations) {
    this.core = core;
    this.code = code;
    this.translations = translations;
    this.counted = translations.statistics().open();
    this.hot = new HotBlocks(core, code, translations);
    this.often = translations.patient(OFTEN);
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
      a = hot.regionOf(block, profile);
    }
    if (a != null && usable(a, profile) && enter(a)) {
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
      core.mmu.boundary();
      Attachment a = links.find(core.rip, code.stamp());
      if (a == null || a.vectors && !vectors()) {
        a = next();
      }
      on = a != null && enter(a);
    }
  }

  /** What is entered at RIP, by the block there; null when that is not known, or may not be. */
  private Attachment next() {
    Block next = code.known();
    Profile profile = next == null ? null : next.profile;
    Attachment a = profile == null || profile.due() ? null : profile.attachment();
    if (a == null || !usable(a, profile)) {
      return null;
    }
    a.settled = a.trial == null && profile.ticket == null;
    links.add(core.rip, code.stamp(), a);
    return a;
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

  private boolean usable(Attachment a, Profile profile) {
    if (a.region.dropped) {
      profile.forget();
      return false;
    }
    return a.rip == core.rip
        && (a.stamp == code.stamp() || stillThere(a, profile))
        && FlatSegments.in(core)
        && (!a.vectors || vectors());
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

  /** SSE is switched on. */
  private boolean vectors() {
    return (core.cr0 & CR0_EM_TS) == 0 && (core.cr4 & CR4_OSFXSR) != 0;
  }

  private boolean enter(Attachment a) {
    return a.trial == null ? execute(a) : tryOut(a, a.trial);
  }

  private boolean tryOut(Attachment a, Trial trial) {
    Attachment elder = trial.elder;
    if (elder.region.dropped || elder.stale()) {
      a.trial = null;
    }
    if (a.trial == null || !serves(elder)) {
      return execute(a);
    }
    Attachment used = trial.turn() ? a : elder;
    if (!trial.measures()) {
      return execute(used);
    }
    long before = core.ticks;
    long begin = translations.hostNs();
    boolean done = execute(used);
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
        && (!elder.vectors || vectors());
  }

  private boolean execute(Attachment a) {
    long before = core.ticks;
    long left = core.ticksEnd - before;
    if (left < a.least) {
      return false;
    }
    boolean shadow = core.shadow;
    core.shadow = false;
    int at = a.code.run(core, a.entry, (int) Math.min(LONGEST, left));
    Place place = at < 0 ? Place.INDIRECT : a.code.places[at];
    long done = core.ticks - before;
    way = place;
    a.count(place, done);
    if (place == Place.ACCESS && a.missed(at)) {
      hot.mind(a, at);
    }
    if (place == Place.ELSEWHERE || place == Place.INDIRECT || place == Place.ACCESS) {
      a.cost += cost(place, done);
    }
    if (a.entries >= often) {
      review(a);
    }
    if (done == 0) {
      core.shadow = shadow;
      failed(a, place);
      return false;
    }
    hot.back(place == Place.BUDGET || place == Place.ACCESS && a.mayMend(at) ? WAY_BACK : 0);
    translated += done;
    long clock = translations.clock();
    if (a.used != clock) {
      a.used = clock;
      a.region.used = clock;
    }
    return true;
  }

  /**
   * At every so many entries what they mean for the block, and whether the region is still the
   * right one: if it knows no way on too often, a new one with what was executed and missed since
   * may.
   */
  private void review(Attachment a) {
    Profile profile = a.block.profile;
    profile.executed(a.entries, core.ticks);
    a.sideExits.more(a.cost, core.ticks);
    a.entries = 0;
    a.cost = 0;
    a.tellOften();
    if (a.region.dropped) {
      a.settled = false;
    }
    if (way == Place.INDIRECT) {
      profile.left(core.rip);
    }
    if (profile.requests < MOST_REQUESTS
        && a.sideExits.count() >= translations.patient(patience(profile))
        && a.ticks / a.uses < Attachment.WORTH
        && a == profile.attachment()
        && profile.ticket == null) {
      a.sideExits.clear();
      hot.request(a.block, a.rip); // RIP is no longer there
    }
  }

  private static int patience(Profile profile) {
    return RESTLESS[Math.clamp(profile.requests - 1, 0, RESTLESS.length - 1)];
  }

  /** Ways out to another region that this one is worth: behind others, blocks are interpreted. */
  private static int cost(Place place, long done) {
    return done == 0 ? IN_VAIN : place == Place.ACCESS ? MISSED : 1;
  }

  /** A first instruction that is hardly ever plain memory: no region can do it. */
  private static void failed(Attachment a, Place place) {
    Profile profile = a.block.profile;
    if (place == Place.BUDGET || !a.failures.tooMany(a.ticks)) {
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
