package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import jdk.internal.misc.Unsafe;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.x86.Insn;

/**
 * Loads and stores: the fast path in line, the slow path as a cold call that either does the whole
 * access or gives the instruction to the interpreter. See the contract in {@link Mmu}.
 */
final class MemoryAccess {
  private static final ClassDesc MMU = Mmu.class.describeConstable().orElseThrow();
  private static final ClassDesc HOST = HostMemory.class.describeConstable().orElseThrow();
  static final ClassDesc UNSAFE = Unsafe.class.describeConstable().orElseThrow();
  private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  private static final int CS = 1;
  private static final int FS = 4;
  private static final int PAGE = 4096;

  private MemoryAccess() {}

  /** At the entry of a region: what the fast path needs, into locals. */
  static void prepare(Gen g) {
    CodeBuilder b = g.b;
    b.aload(Slots.CORE).getfield(Gen.CORE, "mmu", MMU).astore(Slots.HOST);
    if (g.shape.flavour() == Flavour.WINDOW) {
      field(g, "windowLow", Slots.LOW, true);
      field(g, "windowSize", Slots.SIZE, true);
      field(g, "hostBase", Slots.BASE, false);
      field(g, "pageFlags", Slots.PAGES, false);
    } else {
      field(g, "tlbLoad", Slots.TLB_LOAD, false);
      field(g, "tlbStore", Slots.TLB_STORE, false);
    }
  }

  private static void field(Gen g, String name, int slot, boolean biased) {
    g.b.aload(Slots.HOST).getfield(MMU, name, Gen.J);
    if (biased) {
      g.constant(Long.MIN_VALUE).b.lxor();
    }
    g.b.lstore(slot);
  }

  /** True when the memory operand can be reached from translated code at all. */
  static boolean reachable(Insn i, boolean long64) {
    return (long64 || i.segment < FS && i.segment != CS) && i.addressSize >= 4;
  }

  /** Pushes the offset of the memory operand, wrapped to the address size. */
  static void pushOffset(Gen g, Insn i) {
    CodeBuilder b = g.b;
    boolean any = i.base >= 0 && i.base != Insn.RIP;
    if (any) {
      g.loadGpr(i.base);
    }
    if (i.index >= 0) {
      g.loadGpr(i.index);
      if (i.scale > 1) {
        g.constant(Integer.numberOfTrailingZeros(i.scale)).b.lshl();
      }
      if (any) {
        b.ladd();
      }
      any = true;
    }
    long constant = i.displacement + (i.base == Insn.RIP ? g.rip + i.length : 0);
    if (!any) {
      g.constant(constant & Gen.mask(i.addressSize));
      return;
    }
    if (constant != 0) {
      g.constant(constant).b.ladd();
    }
    g.zeroExtend(i.addressSize);
  }

  /** Linear address of the memory operand into its local. */
  static void address(Gen g, Insn i) {
    pushOffset(g, i);
    if (i.segment >= FS) {
      g.b.aload(Slots.CORE).getfield(Gen.CORE, "segmentBase", Gen.LONGS);
      g.constant(i.segment).b.laload().ladd();
    }
    g.b.lstore(Slots.ADDRESS);
  }

  /** Loads from ADDRESS into VALUE: an int, zero-extended, for up to 4 bytes, else a long. */
  static void load(Gen g, int size) {
    load(g, size, Slots.VALUE);
  }

  static void load(Gen g, int size, int slot) {
    CodeBuilder b = g.b;
    Label slow = b.newLabel();
    Label done = b.newLabel();
    if (g.shape.flavour() == Flavour.WINDOW) {
      inWindow(g, slow);
      unsafe(b).lload(Slots.ADDRESS).lload(Slots.BASE).ladd();
    } else {
      inTlb(g, Slots.TLB_LOAD, size, slow);
      unsafe(b).lload(Slots.ADDRESS);
      addend(g);
    }
    get(b, size);
    put(b, size, slot);
    b.labelBinding(done);
    int at = g.here();
    g.later(
        () -> {
          b.labelBinding(slow).loadConstant(at).istore(Slots.AT);
          b.aload(Slots.CORE).lload(Slots.ADDRESS).loadConstant(size);
          b.invokestatic(MMU, "loadSlow", g.type(Gen.J, Gen.CORE, Gen.J, Gen.I));
          if (size < 8) {
            b.l2i();
          }
          put(b, size, slot);
          b.goto_(done);
        });
  }

  /** Stores VALUE to ADDRESS. */
  static void store(Gen g, int size) {
    CodeBuilder b = g.b;
    Label slow = b.newLabel();
    Label done = b.newLabel();
    writable(g, size, false, slow);
    unsafe(b).lload(Slots.HOST);
    value(b, size);
    release(b, size);
    b.labelBinding(done);
    int at = g.here();
    g.later(
        () -> {
          b.labelBinding(slow).loadConstant(at).istore(Slots.AT);
          b.aload(Slots.CORE).lload(Slots.ADDRESS).loadConstant(size);
          value(b, size);
          if (size < 8) {
            b.i2l();
          }
          b.invokestatic(MMU, "storeSlow", g.type(Gen.V, Gen.CORE, Gen.J, Gen.I, Gen.J));
          b.goto_(done);
        });
  }

  /** Sixteen bytes from ADDRESS into two locals; not in one piece, as no processor promises. */
  static void load16(Gen g, int low, int high) {
    CodeBuilder b = g.b;
    Label slow = b.newLabel();
    Label done = b.newLabel();
    if (g.shape.flavour() == Flavour.WINDOW) {
      inWindow(g, slow);
      b.lload(Slots.ADDRESS).lload(Slots.BASE).ladd().lstore(Slots.HOST);
    } else {
      inTlb(g, Slots.TLB_LOAD, 16, slow);
      b.lload(Slots.ADDRESS);
      addend(g);
      b.lstore(Slots.HOST);
    }
    unsafe(b).lload(Slots.HOST);
    get(b, 8);
    unsafe(b).lload(Slots.HOST).loadConstant(8L).ladd();
    get(b, 8);
    b.lstore(high).lstore(low).labelBinding(done);
    int at = g.here();
    g.later(
        () -> {
          b.labelBinding(slow).loadConstant(at).istore(Slots.AT);
          slowHalf(g, 0);
          slowHalf(g, 8);
          b.lstore(high).lstore(low).goto_(done);
        });
  }

  private static void slowHalf(Gen g, long offset) {
    g.b.aload(Slots.CORE).lload(Slots.ADDRESS).loadConstant(offset).ladd().loadConstant(8);
    g.b.invokestatic(MMU, "loadSlow", g.type(Gen.J, Gen.CORE, Gen.J, Gen.I));
  }

  /** Sixteen bytes from two locals to ADDRESS. */
  static void store16(Gen g, int low, int high) {
    CodeBuilder b = g.b;
    Label slow = b.newLabel();
    Label done = b.newLabel();
    writable(g, 16, false, slow);
    unsafe(b).lload(Slots.HOST).lload(low);
    release(b, 8);
    unsafe(b).lload(Slots.HOST).loadConstant(8L).ladd().lload(high);
    release(b, 8);
    b.labelBinding(done);
    int at = g.here();
    g.later(
        () -> {
          b.labelBinding(slow).loadConstant(at).istore(Slots.AT);
          b.aload(Slots.CORE).lload(Slots.ADDRESS).lload(low).lload(high);
          b.invokestatic(MMU, "storeSlow16", g.type(Gen.V, Gen.CORE, Gen.J, Gen.J, Gen.J));
          b.goto_(done);
        });
  }

  /** Host address for an atomic access of VALUE's size into HOST; all else is a bail-out. */
  static void hostForUpdate(Gen g, int size) {
    CodeBuilder b = g.b;
    Label slow = b.newLabel();
    Label done = b.newLabel();
    writable(g, size, true, slow);
    b.labelBinding(done);
    int at = g.here();
    g.later(
        () -> {
          b.labelBinding(slow).loadConstant(at).istore(Slots.AT);
          b.aload(Slots.CORE).lload(Slots.ADDRESS).loadConstant(size);
          b.invokestatic(MMU, "hostForUpdate", g.type(Gen.J, Gen.CORE, Gen.J, Gen.I));
          b.lstore(Slots.HOST).goto_(done);
        });
  }

  /** Host address of a store into HOST, or a jump to the slow path. */
  private static void writable(Gen g, int size, boolean aligned, Label slow) {
    CodeBuilder b = g.b;
    if (aligned && size > 1) {
      b.lload(Slots.ADDRESS).l2i().loadConstant(size - 1).iand().ifne(slow);
    }
    if (g.shape.flavour() == Flavour.WINDOW) {
      inWindow(g, slow);
      if (size > 1 && !aligned) {
        b.lload(Slots.ADDRESS).l2i().loadConstant(PAGE - 1).iand();
        b.loadConstant(PAGE - size).if_icmpgt(slow);
      }
      unsafe(b).lload(Slots.ADDRESS).bipush(12).lushr().lload(Slots.PAGES).ladd();
      b.invokevirtual(UNSAFE, "getByte", MethodTypeDesc.of(ConstantDescs.CD_byte, OBJECT, Gen.J));
      b.loadConstant(Mmu.STORE_FAST).iand().ifeq(slow);
      b.lload(Slots.ADDRESS).lload(Slots.BASE).ladd().lstore(Slots.HOST);
    } else {
      inTlb(g, Slots.TLB_STORE, size, slow);
      b.lload(Slots.ADDRESS);
      addend(g);
      b.lstore(Slots.HOST);
    }
  }

  private static void inWindow(Gen g, Label slow) {
    g.b.lload(Slots.ADDRESS).lload(Slots.LOW).lsub().lload(Slots.SIZE).lcmp().ifge(slow);
  }

  /** The entry's address into HOST, when it hits. */
  private static void inTlb(Gen g, int tlb, int size, Label slow) {
    CodeBuilder b = g.b;
    b.lload(Slots.ADDRESS).bipush(8).lushr().loadConstant((long) Mmu.TLB_MASK).land();
    b.lload(tlb).ladd().lstore(Slots.HOST);
    unsafe(b).lload(Slots.HOST);
    b.invokevirtual(UNSAFE, "getLong", MethodTypeDesc.of(Gen.J, OBJECT, Gen.J));
    b.lload(Slots.ADDRESS);
    if (size > 1) {
      b.loadConstant(size - 1L).ladd();
    }
    b.loadConstant((long) -PAGE).land().lcmp().ifne(slow);
  }

  /** Adds the addend of the entry at HOST to the address on the stack. */
  private static void addend(Gen g) {
    CodeBuilder b = g.b;
    unsafe(b).lload(Slots.HOST).loadConstant(8L).ladd();
    b.invokevirtual(UNSAFE, "getLong", MethodTypeDesc.of(Gen.J, OBJECT, Gen.J));
    b.ladd();
  }

  /** Pushes Unsafe and the null of an absolute address. */
  static CodeBuilder unsafe(CodeBuilder b) {
    return b.getstatic(HOST, "UNSAFE", UNSAFE).aconst_null();
  }

  private static void get(CodeBuilder b, int size) {
    switch (size) {
      case 1 -> {
        acquire(b, "getByteAcquire", ConstantDescs.CD_byte);
        b.loadConstant(0xff).iand();
      }
      case 2 -> acquire(b, "getCharAcquire", ConstantDescs.CD_char);
      case 4 -> acquire(b, "getIntAcquire", Gen.I);
      default -> acquire(b, "getLongAcquire", Gen.J);
    }
  }

  private static void acquire(CodeBuilder b, String name, ClassDesc type) {
    b.invokevirtual(UNSAFE, name, MethodTypeDesc.of(type, OBJECT, Gen.J));
  }

  private static void release(CodeBuilder b, int size) {
    switch (size) {
      case 1 -> {
        b.i2b();
        release(b, "putByteRelease", ConstantDescs.CD_byte);
      }
      case 2 -> {
        b.i2s();
        release(b, "putShortRelease", ConstantDescs.CD_short);
      }
      case 4 -> release(b, "putIntRelease", Gen.I);
      default -> release(b, "putLongRelease", Gen.J);
    }
  }

  private static void release(CodeBuilder b, String name, ClassDesc type) {
    b.invokevirtual(UNSAFE, name, MethodTypeDesc.of(Gen.V, OBJECT, Gen.J, type));
  }

  private static void value(CodeBuilder b, int size) {
    if (size == 8) {
      b.lload(Slots.VALUE);
    } else {
      b.iload(Slots.VALUE);
    }
  }

  private static void put(CodeBuilder b, int size, int slot) {
    if (size == 8) {
      b.lstore(slot);
    } else {
      b.istore(slot);
    }
  }
}
