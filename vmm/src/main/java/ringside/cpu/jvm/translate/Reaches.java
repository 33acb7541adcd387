package ringside.cpu.jvm.translate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.cpu.jvm.memory.Mmu;
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
  /** Accesses that one look covers: a run of bytes, in distances from the reach's root. */
  static final class Reach {
    private final int slot;
    private final int beginning;
    private final boolean sure;
    private Standing.Run within;
    private int register = -1;
    private boolean kept;
    private Reach whole;
    private long first;
    private long end;
    private boolean stores;

    private Reach(int slot, int beginning, boolean sure, long first, long end) {
      this.slot = slot;
      this.beginning = beginning;
      this.sure = sure;
      this.first = first;
      this.end = end;
    }

    /** Local with the host address of the first byte, or 0. */
    int slot() {
      return slot;
    }

    long first() {
      return first;
    }

    int span() {
      return (int) (end - first);
    }

    boolean stores() {
      return stores;
    }

    /** True when the look has to be written before this instruction. */
    boolean beginsAt(int instruction) {
      return beginning == instruction;
    }

    /** What this one is a part of, for all rounds of a loop, looked at where it begins; or null. */
    Reach whole() {
      return whole;
    }

    /** True when it is a part of what was looked at before, by the register it is at. */
    boolean stands() {
      return within != null;
    }

    /** The register whose {@link Registers#delta} says where it is, if it stands or is kept. */
    int register() {
      return register;
    }

    /** Later looks need not be made if the {@link Registers#delta} is set. */
    boolean kept() {
      return kept;
    }

    /** True when the look is for that, too, or may still become so. */
    private boolean holds(long from, long to, boolean written) {
      return within == null ? holds(from, to) : within.covers(from, to, written);
    }

    /** True when with a run of bytes it is not longer than one look is for. */
    private boolean holds(long from, long to) {
      long length = Math.max(end, to) - Math.min(first, from);
      return length >= 0 && length <= Mmu.REACH;
    }

    private void add(long from, long to, boolean written) {
      first = Math.min(first, from);
      end = Math.max(end, to);
      stores |= written;
      if (whole != null) {
        whole.add(from, to, written);
      }
    }

    /** The region is left when the look fails: accesses behind it succeed. */
    boolean sure() {
      return sure;
    }
  }

  /** What the {@link Registers#delta} of a register is known for, in distances from its root. */
  private static final class Known {
    /** Of the register: another one is the end of it. */
    private final int version;

    /** The look it comes from, whose run may become longer; or null. */
    private final Reach reach;

    /** Inherited, or null. */
    private final Standing.Run run;

    /** What it was copied from, or null; and the distance of its root from the root of that. */
    private final Known source;

    private final long distance;
    private boolean wanted;

    private Known(int version, Reach reach, Standing.Run run, Known source, long distance) {
      this.version = version;
      this.reach = reach;
      this.run = run;
      this.source = source;
      this.distance = distance;
    }

    private Standing.Run run() {
      if (source != null) {
        return source.run().behind(distance);
      }
      return reach == null ? run : new Standing.Run(reach.first, reach.end, reach.stores);
    }

    /** Somebody needs the delta. */
    private void want() {
      wanted = true;
      if (reach != null) {
        reach.kept = true;
      }
      if (source != null) {
        source.want();
      }
    }

    /** The look may as well be for this. */
    private void lengthen(Standing.Run more) {
      if (source != null) {
        source.lengthen(more.behind(-distance));
      } else if (reach != null
          && (reach.stores || !more.stores())
          && reach.holds(more.first(), more.end())) {
        reach.add(more.first(), more.end(), false);
      }
    }
  }

  /** An access: its reach, and its distance from the reach's root. */
  record Member(Reach reach, long distance) {
    /** From the access to the first byte of the reach. */
    long toFirst() {
      return reach.first - distance;
    }

    /** True when the look was for all of an access. */
    boolean covers(int size, boolean stores) {
      return distance >= reach.first && distance + size <= reach.end && (reach.stores || !stores);
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
  private final Known[] known = new Known[16];

  /** Those where the block begins. */
  private final Known[] inherited;

  /** By instruction: what the register that it writes takes over from another one, or null. */
  private final Known[] copies;

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
      known[n] = inherited[n] == null ? null : new Known(0, null, inherited[n], null, 0);
    }
    this.inherited = known.clone();
    this.once = once;
    this.copies = new Known[instructions];
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
    return copies[instruction] != null && copies[instruction].wanted;
  }

  /** What stands behind the last instruction, by register. */
  Standing.Run[] standing() {
    Standing.Run[] runs = new Standing.Run[16];
    for (int n = 0; n < runs.length; n++) {
      Known k = known(n);
      runs[n] = k == null ? null : k.run().behind(track.moved(n));
    }
    return runs;
  }

  /** The last look by a register may as well be for what is reached for behind the block. */
  void lengthen(Standing.Run[] ahead) {
    for (int n = 0; n < ahead.length; n++) {
      Known k = known(n);
      if (k != null && ahead[n] != null) {
        k.lengthen(ahead[n].behind(-track.moved(n)));
      }
    }
  }

  /** Blocks behind this one need the deltas of these registers. */
  void want(boolean[] behind) {
    for (int n = 0; n < behind.length; n++) {
      Known k = known(n);
      if (behind[n] && k != null) {
        k.want();
      }
    }
  }

  /** True when the delta of a register is needed as it is where the block begins. */
  boolean wants(int register) {
    return inherited[register] != null && inherited[register].wanted;
  }

  private Known known(int register) {
    Known k = known[register];
    return k == null || k.version != track.version(register) ? null : k;
  }

  private void effect(Insn i) {
    int from = track.effect(i);
    Known source = from < 0 || !once ? null : known(from);
    if (source != null) {
      int to = i.a.number();
      long distance = track.moved(from) + track.distance(to) - track.distance(from);
      known[to] = new Known(track.version(to), null, null, source, distance);
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
      Arrays.fill(known, null); // the slow path may call what changes where addresses lead to
    }
  }

  private static boolean slow(Member member) {
    return member != null && !member.reach().sure();
  }

  private Member member(Root root, long distance, int size, boolean stores) {
    long end = distance + size;
    Reach reach = open.get(root);
    if (reach == null || !reach.holds(distance, end, stores) || !fits(reach.whole, distance, end)) {
      reach = new Reach(slot, present, !careful.contains(rip), distance, end);
      slot += 2;
      if (reach.sure && !open.containsKey(root)) {
        join(reach, earlier.get(root));
      }
      if (reach.sure && once && root.index < 0) {
        keep(reach, root.base, stores);
      }
      open.put(root, reach);
    }
    reach.add(distance, end, stores);
    return new Member(reach, distance);
  }

  /** No look is made for a new reach where one stands; else its own will. */
  private void keep(Reach reach, int register, boolean stores) {
    Known before = known(register);
    Standing.Run run = before == null ? null : before.run();
    reach.register = register;
    if (run != null && run.covers(reach.first, reach.end, stores)) {
      reach.within = run;
      before.want();
      return;
    }
    if (run != null && reach.holds(run.first(), run.end())) {
      reach.add(run.first(), run.end(), run.stores());
    }
    known[register] = new Known(track.version(register), reach, null, null, 0);
  }

  private static boolean fits(Reach whole, long first, long end) {
    return whole == null || whole.holds(first, end);
  }

  /** Makes one of a later round a part of what that of an earlier one is a part of. */
  private void join(Reach reach, Reach before) {
    if (before == null || !before.sure) {
      return;
    }
    Reach whole = before.whole == null ? before : before.whole;
    if (!whole.holds(reach.first, reach.end)) {
      return;
    }
    if (before.whole == null) {
      whole = new Reach(slot, before.beginning, false, before.first, before.end);
      slot += 2;
      whole.stores = before.stores;
      before.whole = whole;
    }
    reach.whole = whole;
  }
}
