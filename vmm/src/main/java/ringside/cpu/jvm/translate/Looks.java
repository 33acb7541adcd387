package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.x86.Insn;

/**
 * Looks at memory, by {@link Access}: from a linear address the host's, once for all accesses of a
 * reach (see {@link Reaches}), and for all rounds of a loop where there is a whole of those.
 *
 * <p>A look has no effect but to leave the region where it fails, if it is sure.
 */
final class Looks {
  private static final ClassDesc MMU = Mmu.class.describeConstable().orElseThrow();

  private Looks() {}

  /** At the entry of a region: what the fast path needs, into locals. */
  static void prepare(Gen g) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE).getfield(Gen.CORE, "mmu", MMU).astore(Slots.HOST);
    if (window(g)) {
      field(g, "windowLow", Slots.LOW, true);
      field(g, "windowSize", Slots.SIZE, true);
      field(g, "hostBase", Slots.BASE, false);
      field(g, "pageFlags", Slots.PAGES, false);
    } else {
      field(g, "tlbLoad", Slots.TLB_LOAD, false);
      field(g, "tlbStore", Slots.TLB_STORE, false);
    }
  }

  private static boolean window(Gen g) {
    return g.shape.flavour() == Flavour.WINDOW;
  }

  private static void field(Gen g, String name, int slot, boolean biased) {
    g.b.aload(Slots.HOST).getfield(MMU, name, Gen.J);
    if (biased) {
      g.constant(Long.MIN_VALUE).b.lxor();
    }
    g.b.lstore(slot);
  }

  /** Before an instruction: looks at the reaches that begin with it. */
  static void look(Gen g, Insn i) {
    Reaches.Member operand = g.reaches.operand(g.instruction);
    if (operand != null && operand.reach().beginsAt(g.instruction)) {
      if (element(g, i, operand.reach())) {
        elements(g, i, operand);
      } else {
        MemoryAccess.pushOffset(g, i, operand.toFirst());
        look(g, operand.reach());
      }
    }
    Reaches.Member stack = g.reaches.stack(g.instruction);
    if (stack != null && stack.reach().beginsAt(g.instruction)) {
      StackCode.pushImplied(g, i, stack.toFirst());
      look(g, stack.reach());
    }
  }

  /** A load by an index, from the window. */
  private static boolean element(Gen g, Insn i, Reach reach) {
    return window(g) && i.index >= 0 && reach.sure() && reach.whole() == null && !reach.stores();
  }

  /**
   * The host's address is that of the array, which stays the same in a loop, and the index added:
   * one addition less between the index and the load than if the linear address were added.
   *
   * <p>The address that is checked is the array's and twice half the index's distance: were it the
   * distance itself, HotSpot would shift once for both and not in the load's own address.
   */
  private static void elements(Gen g, Insn i, Reaches.Member member) {
    CodeBuilder b = g.b;
    int shift = Integer.numberOfTrailingZeros(i.scale);
    long displacement = i.displacement + member.toFirst();
    g.mayLeave();
    g.loadGpr(i.base);
    g.add(displacement);
    distance(g, i, Math.max(shift - 1, 0));
    if (shift > 0) {
      distance(g, i, shift - 1);
    }
    g.loadGpr(i.base);
    b.lload(Slots.BASE).ladd();
    distance(g, i, shift);
    g.add(displacement);
    b.lload(Slots.LOW).lload(Slots.SIZE);
    MemoryAccess.access(g, "windowElements", g.type(Gen.J, Gen.J, Gen.J, Gen.J, Gen.J));
    b.lstore(member.reach().slot());
  }

  /** Adds the index, shifted. */
  private static void distance(Gen g, Insn i, int shift) {
    g.loadGpr(i.index);
    if (shift > 0) {
      g.constant(shift).b.lshl();
    }
    g.b.ladd();
  }

  /** The address of the reach's first byte is on the stack. */
  private static void look(Gen g, Reach reach) {
    CodeBuilder b = g.b;
    Reach whole = reach.whole();
    if (whole != null && whole.beginsAt(g.instruction)) {
      b.dup2();
      g.add(whole.first() - reach.first());
      host(g, whole.span(), whole.stores(), false);
      b.lstore(whole.slot());
    }
    if (reach.stands()) {
      b.lload(g.registers.delta(reach.register())).ladd().lstore(reach.slot());
      return;
    }
    if (reach.kept()) {
      b.dup2().lstore(g.registers.delta(reach.register()));
    }
    if (reach.sure()) {
      g.mayLeave();
      if (whole == null) {
        b.lconst_0().lconst_0();
      } else {
        b.lload(whole.slot());
        g.constant(reach.first() - whole.first());
      }
    }
    host(g, reach.span(), reach.stores(), reach.sure());
    b.lstore(reach.slot());
    if (reach.kept()) {
      int delta = g.registers.delta(reach.register());
      b.lload(reach.slot()).lload(delta).lsub().lstore(delta);
    }
  }

  /** Behind an instruction: what is known of the register that was copied holds for the copy. */
  static void copy(Gen g, Insn i) {
    if (g.reaches.copies(g.instruction)) {
      int from = i.b.memory() ? i.base : i.b.number();
      g.b.lload(g.registers.delta(from)).lstore(g.registers.delta(i.a.number()));
    }
  }

  /**
   * From the address on the stack the host's, or 0. Sure: leaves the region rather than that, and a
   * whole and the distance in it are on the stack, too.
   */
  static void host(Gen g, int span, boolean stores, boolean sure) {
    CodeBuilder b = g.b;
    List<ClassDesc> types = new ArrayList<>(List.of(Gen.J));
    if (sure) {
      types.addAll(List.of(Gen.J, Gen.J));
    }
    if (stores || !window(g)) {
      g.constant(span);
      types.add(Gen.I);
    }
    String name = "tlb";
    if (window(g)) {
      b.lload(Slots.LOW).lload(Slots.SIZE).lload(Slots.BASE);
      types.addAll(List.of(Gen.J, Gen.J, Gen.J));
      name = stores ? "windowStores" : "windowLoads";
    }
    if (stores || !window(g)) {
      b.lload(window(g) ? Slots.PAGES : stores ? Slots.TLB_STORE : Slots.TLB_LOAD);
      types.add(Gen.J);
    }
    String attempt = "try" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    MemoryAccess.access(g, sure ? name : attempt, MethodTypeDesc.of(Gen.J, types));
  }
}
