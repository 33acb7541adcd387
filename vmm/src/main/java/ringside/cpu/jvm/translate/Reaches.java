package ringside.cpu.jvm.translate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

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
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;
  private static final int RSP = 4;
  private static final int RBP = 5;
  private static final int FS = 4;

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
    /** The look it comes from, whose run may become longer; or null. */
    private final Reach reach;

    private final Standing.Run run;

    /** What it was copied from, or null. */
    private final Known source;

    private boolean wanted;

    private Known(Reach reach, Standing.Run run, Known source) {
      this.reach = reach;
      this.run = run;
      this.source = source;
    }

    private Standing.Run run() {
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

  private final int[] version = new int[16];
  private final long[] moved = new long[16];

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
      known[n] = inherited[n] == null ? null : new Known(null, inherited[n], null);
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
        r.forgetAll();
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
      runs[n] = known[n] == null ? null : known[n].run().behind(moved[n]);
    }
    return runs;
  }

  /** Blocks behind this one need the deltas of these registers. */
  void want(boolean[] behind) {
    for (int n = 0; n < known.length; n++) {
      if (behind[n] && known[n] != null) {
        known[n].want();
      }
    }
  }

  /** True when the delta of a register is needed as it is where the block begins. */
  boolean wants(int register) {
    return inherited[register] != null && inherited[register].wanted;
  }

  private void accesses(Insn i, int k) {
    Arg memory = Forms.memory(i.a) ? i.a : Forms.memory(i.b) ? i.b : i.c;
    if (Forms.touchesMemory(i) && addresses(i) && !Forms.farBit(i)) {
      operands[k] = member(root(i), distance(i), memory.size(), writes(i));
    }
    int size = i.operandSize;
    switch (i.mnemonic) {
      case PUSH, CALL -> stacks[k] = member(plain(RSP), moved[RSP] - size, size, true);
      case POP, RET -> stacks[k] = member(plain(RSP), moved[RSP], size, false);
      case LEAVE -> stacks[k] = member(plain(RBP), moved[RBP], size, false);
      default -> {}
    }
    if (careful.contains(rip) || slow(operands[k]) || slow(stacks[k])) {
      Arrays.fill(known, null); // the slow path may call what changes where addresses lead to
    }
  }

  private static boolean slow(Member member) {
    return member != null && !member.reach().sure();
  }

  private static boolean addresses(Insn i) {
    return i.base >= 0 && i.base != Insn.RIP && i.segment < FS && i.addressSize == 8;
  }

  /** True unless the operand is certainly only read: then a look for loads is enough. */
  private static boolean writes(Insn i) {
    return Forms.memory(i.a)
        && switch (i.mnemonic) {
          case CMP, TEST, BT, PUSH, CALL, JMP, MUL, DIV, IDIV -> false;
          default -> true;
        };
  }

  private Root plain(int register) {
    return new Root(register, version[register], -1, 0, 0);
  }

  private Root root(Insn i) {
    return i.index < 0
        ? plain(i.base)
        : new Root(i.base, version[i.base], i.index, version[i.index], i.scale);
  }

  private long distance(Insn i) {
    return i.displacement + moved[i.base] + (i.index < 0 ? 0 : moved[i.index] * i.scale);
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
    Known before = known[register];
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
    known[register] = new Known(reach, null, null);
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

  // What instructions do to registers.

  private void effect(Insn i) {
    switch (i.mnemonic) {
      case CMP, TEST, BT, JCC, JMP, NOP, PAUSE, MFENCE, CLC, STC, CMC -> {}
      case PUSH, CALL -> moved[RSP] -= i.operandSize;
      case POP -> {
        moved[RSP] += i.operandSize;
        written(i.a);
      }
      case RET -> moved[RSP] += i.operandSize + (i.a == null ? 0 : i.imm & 0xffff);
      case ADD -> step(i, 1);
      case SUB -> step(i, -1);
      case LEA -> lea(i);
      case MOV -> {
        boolean whole = i.a.kind() == Arg.Kind.GPR && i.a.size() == 8;
        copied(i.a, whole && i.b.kind() == Arg.Kind.GPR ? i.b.number() : -1, 0);
      }
      case MOVZX, MOVSX, MOVSXD, AND, OR, XOR, INC, DEC, NEG, NOT, ADC, SBB -> written(i.a);
      case SHL, SHR, SAR, ROL, ROR, CMOVCC, SETCC -> written(i.a);
      case BTS, BTR, BTC, BSF, BSR, POPCNT, BSWAP -> written(i.a);
      case XADD, XCHG -> {
        written(i.a);
        written(i.b);
      }
      case CMPXCHG -> {
        written(i.a);
        written(RAX);
      }
      case IMUL, MUL, DIV, IDIV, CBW, CWD -> {
        if (i.mnemonic == Mnemonic.IMUL && i.b != null) {
          written(i.a);
        } else {
          written(RAX);
          written(RDX);
        }
      }
      case LOOP, LOOPE, LOOPNE -> written(RCX);
      case MOVAPS, MOVDQA, MOVUPS, MOVDQU, MOVQ, MOVD -> written(i.a);
      default -> forgetAll();
    }
  }

  private void step(Insn i, int sign) {
    boolean known = i.a.kind() == Arg.Kind.GPR && i.a.size() == 8;
    if (known && i.b.kind() == Arg.Kind.IMMEDIATE) {
      moved[i.a.number()] += sign * i.imm;
    } else {
      written(i.a);
    }
  }

  private void lea(Insn i) {
    boolean sum = i.a.size() == 8 && i.addressSize == 8 && i.index < 0 && i.base < 16;
    if (sum && i.base == i.a.number()) {
      moved[i.base] += i.displacement;
    } else {
      copied(i.a, sum ? i.base : -1, i.displacement);
    }
  }

  /** A register becomes another one's value plus a constant; from -1: anything. */
  private void copied(Arg to, int from, long plus) {
    Known source = from < 0 || !once ? null : known[from];
    long distance = source == null ? 0 : moved[from] + plus;
    written(to);
    if (source != null && to.number() != from) {
      known[to.number()] = new Known(null, source.run().behind(distance), source);
      copies[present] = known[to.number()];
    }
  }

  private void written(Arg a) {
    if (a.kind() == Arg.Kind.GPR || a.kind() == Arg.Kind.HIGH_BYTE) {
      written(a.number());
    }
  }

  private void written(int register) {
    version[register]++;
    moved[register] = 0;
    known[register] = null;
  }

  private void forgetAll() {
    for (int n = 0; n < version.length; n++) {
      written(n);
    }
  }
}
