package ringside.cpu.jvm.translate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;

/**
 * Which accesses of a block lie at known distances from each other, as those of a structure or of a
 * stack frame do: one look at the first of them says whether all can be made directly.
 *
 * <p>Invariant: between two accesses of one reach no instruction is executed that only the
 * interpreter knows, and a base register has changed by known amounts only. The look has no effect,
 * so it may come before what an earlier access raises.
 *
 * <p>Looks of blocks before may stand still (see {@link Standing}): then there is nothing to look
 * at. One that has to be made again is for what stood as well.
 *
 * <p>64-bit code alone: elsewhere addresses wrap.
 */
final class Reaches {
  /** An access: its reach, and its distance from the reach's root. */
  record Member(Reach reach, long distance) {
    /** From the access to the first byte of the reach. */
    long toFirst() {
      return reach.first() - distance;
    }

    /** True when the look was for all of an access. */
    boolean covers(int size, boolean stores) {
      return reach.run().covers(distance, distance + size, stores);
    }
  }

  /** Where an address comes from: registers as they were at some moment. */
  private record Root(int base, int baseVersion, int index, int indexVersion, int scale) {}

  private final Member[] operands;
  private final Member[] stacks;
  private final Map<Root, Reach> open = new HashMap<>();

  /** Those of the rounds before. */
  private final Map<Root, Reach> earlier = new HashMap<>();

  /** By register as it is now; null where nothing is. */
  private final Delta[] known = new Delta[16];

  /** Those where the block begins. */
  private final Delta[] inherited;

  /** By instruction: what the register that it writes takes over from another one, or null. */
  private final Delta[] copies;

  /** The block is written once: in {@link Rounds}, looks are kept for those only. */
  private final boolean once;

  private final Track track = new Track();
  private final Set<Long> careful;
  private int slot;
  private int present;
  private long rip;

  private Reaches(
      int instructions,
      int slot,
      long rip,
      Set<Long> careful,
      Standing.Run[] inherited,
      boolean once) {
    this.slot = slot;
    for (int n = 0; n < known.length; n++) {
      known[n] = inherited[n] == null ? null : Delta.inherited(inherited[n]);
    }
    this.inherited = known.clone();
    this.once = once;
    this.copies = new Delta[instructions];
    this.rip = rip;
    this.careful = careful;
    operands = new Member[instructions];
    stacks = new Member[instructions];
  }

  /**
   * Of a block.
   *
   * @param slot first local that is free
   * @param careful RIPs of instructions whose look does not leave the region
   * @param inherited what stands at its beginning
   */
  static Reaches of(
      Shape.Part part, CodeMode mode, int slot, Set<Long> careful, Standing.Run[] inherited) {
    List<Insn> insns = Rounds.insns(part, mode);
    boolean once = insns.size() == part.insns().size();
    Reaches r = new Reaches(insns.size(), slot, part.rip(), careful, inherited, once);
    for (int k = 0; mode == CodeMode.BITS64 && k < insns.size(); k++) {
      Insn i = insns.get(k);
      r.present = k;
      if (Native.of(i, mode) == null) {
        r.track.forget();
      } else {
        r.accesses(i, k);
        r.effect(i);
      }
      r.rip += i.length;
      if (r.rip == part.end()) {
        r.rip = part.rip();
        r.earlier.putAll(r.open);
        r.open.clear();
      }
    }
    return r;
  }

  /** The memory operand's access of an instruction, or null when it stands alone. */
  Member operand(int instruction) {
    return operands[instruction];
  }

  /** The access to the stack that an instruction implies, or null. */
  Member stack(int instruction) {
    return stacks[instruction];
  }

  /** The instruction copies a register whose {@link Registers#delta} is wanted for the copy. */
  boolean copies(int instruction) {
    return copies[instruction] != null && copies[instruction].wanted();
  }

  /** What stands behind the last instruction, by register. */
  Standing.Run[] standing() {
    Standing.Run[] runs = new Standing.Run[16];
    for (int n = 0; n < runs.length; n++) {
      Delta k = known(n);
      runs[n] = k == null ? null : k.run().behind(track.moved(n));
    }
    return runs;
  }

  /** The last look by a register may as well be for what is reached for behind the block. */
  void lengthen(Standing.Run[] ahead) {
    for (int n = 0; n < ahead.length; n++) {
      Delta k = known(n);
      if (k != null && ahead[n] != null) {
        k.lengthen(ahead[n].behind(-track.moved(n)));
      }
    }
  }

  /** Blocks behind this one need the deltas of these registers. */
  void want(boolean[] behind) {
    for (int n = 0; n < behind.length; n++) {
      Delta k = known(n);
      if (behind[n] && k != null) {
        k.want();
      }
    }
  }

  /** True when the delta of a register is needed as it is where the block begins. */
  boolean wants(int register) {
    return inherited[register] != null && inherited[register].wanted();
  }

  private Delta known(int register) {
    Delta k = known[register];
    return k == null || k.version() != track.version(register) ? null : k;
  }

  private void effect(Insn i) {
    int from = track.effect(i);
    Delta source = from < 0 || !once ? null : known(from);
    if (source != null) {
      int to = i.a.number();
      long distance = track.moved(from) + track.distance(to) - track.distance(from);
      known[to] = source.copied(track.version(to), distance);
      copies[present] = known[to];
    }
  }

  private void accesses(Insn i, int k) {
    for (Accesses.Access a : Accesses.of(i)) {
      boolean indexed = a.index() >= 0;
      Root root =
          new Root(
              a.base(),
              track.version(a.base()),
              a.index(),
              indexed ? track.version(a.index()) : 0,
              indexed ? a.scale() : 0);
      long scaled = indexed ? track.moved(a.index()) * a.scale() : 0;
      long distance = a.displacement() + track.moved(a.base()) + scaled;
      (a.implied() ? stacks : operands)[k] = member(root, distance, a.size(), a.stores());
    }
    if (careful.contains(rip) || slow(operands[k]) || slow(stacks[k])) {
      Arrays.fill(known, null); // nothing is promised of what the slow path does
    }
  }

  private static boolean slow(Member member) {
    return member != null && !member.reach().sure();
  }

  private Member member(Root root, long distance, int size, boolean stores) {
    long end = distance + size;
    Reach reach = open.get(root);
    if (reach == null
        || !reach.holds(distance, end, stores)
        || !fits(reach.whole(), distance, end)) {
      reach = new Reach(slot, present, !careful.contains(rip), distance, end);
      slot += 2;
      if (reach.sure() && !open.containsKey(root)) {
        join(reach, earlier.get(root));
      }
      if (reach.sure() && once && root.index < 0) {
        keep(reach, root.base, stores);
      }
      open.put(root, reach);
    }
    reach.add(distance, end, stores);
    return new Member(reach, distance);
  }

  /** No look is made for a new reach where one stands; else its own will. */
  private void keep(Reach reach, int register, boolean stores) {
    Delta before = known(register);
    Standing.Run run = before == null ? null : before.run();
    if (run != null && run.covers(reach.run().first(), reach.run().end(), stores)) {
      reach.standIn(run, register);
      before.want();
      return;
    }
    if (run != null && reach.holds(run.first(), run.end())) {
      reach.add(run.first(), run.end(), run.stores());
    }
    reach.lookedAtBy(register);
    known[register] = Delta.of(reach, track.version(register));
  }

  private static boolean fits(Reach whole, long first, long end) {
    return whole == null || whole.holds(first, end);
  }

  /** Makes one of a later round a part of what that of an earlier one is a part of. */
  private void join(Reach reach, Reach before) {
    if (before == null || !before.sure()) {
      return;
    }
    Reach whole = before.whole() == null ? before : before.whole();
    Standing.Run run = reach.run();
    if (!whole.holds(run.first(), run.end())) {
      return;
    }
    if (before.whole() == null) {
      whole = before.enclosed(slot);
      slot += 2;
    }
    reach.partOf(whole);
  }
}
