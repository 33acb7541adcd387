package ringside.cpu.jvm.translate;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import jdk.internal.misc.Unsafe;
import ringside.cpu.jvm.memory.HostMemory;
import ringside.cpu.x86.Insn;

/**
 * Loads and stores, by {@link Access}: a look for each reach of a block (see {@link Reaches}) or
 * for an access alone, then the accesses.
 *
 * <p>A look that fails leaves the region; what comes behind it cannot fail. So no call that comes
 * back stands between them, across which HotSpot would keep all registers in memory. Only where
 * that happens often (see {@link Shape#careful}) the region goes on, and each access is made by the
 * slow path or gives its instruction to the interpreter.
 */
final class MemoryAccess {
  private static final ClassDesc HOST = HostMemory.class.describeConstable().orElseThrow();
  private static final ClassDesc ACCESS = Access.class.describeConstable().orElseThrow();
  static final ClassDesc UNSAFE = Unsafe.class.describeConstable().orElseThrow();
  private static final int CS = 1;
  private static final int FS = 4;

  private MemoryAccess() {}

  /** True when the memory operand can be reached from translated code at all. */
  static boolean reachable(Insn i, boolean long64) {
    return (long64 || i.segment < FS && i.segment != CS) && i.addressSize >= 4;
  }

  /** Pushes the offset of the memory operand, wrapped to the address size. */
  static void pushOffset(Gen g, Insn i) {
    pushOffset(g, i, 0);
  }

  /** As that, of the byte at a distance. */
  static void pushOffset(Gen g, Insn i, long distance) {
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
    long constant = distance + i.displacement + (i.base == Insn.RIP ? g.rip + i.length : 0);
    if (!any) {
      g.constant(constant & Gen.mask(i.addressSize));
      return;
    }
    g.add(constant).zeroExtend(i.addressSize);
  }

  /** The access to come is the one of the memory operand. */
  static void address(Gen g, Insn i) {
    address(
        g,
        g.reaches.operand(g.instruction),
        () -> {
          pushOffset(g, i);
          if (i.segment >= FS) {
            g.b.aload(Slots.CORE).getfield(Gen.CORE, "segmentBase", Gen.LONGS);
            g.constant(i.segment).b.laload().ladd();
          }
        });
  }

  /**
   * The access to come.
   *
   * @param member of the reach that it is in, or null
   * @param push writes what pushes its linear address, if that is asked for: see {@link
   *     #pushAddress}
   */
  static void address(Gen g, Reaches.Member member, Runnable push) {
    g.member = member;
    g.address = push;
  }

  /** Pushes the linear address of the access; no register was written since that was told. */
  static void pushAddress(Gen g) {
    if (g.address != null) {
      g.address.run();
      g.b.lstore(Slots.ADDRESS);
      g.address = null;
    }
    g.b.lload(Slots.ADDRESS);
  }

  static void access(Gen g, String name, MethodTypeDesc type) {
    g.b.invokestatic(ACCESS, name, type);
  }

  /**
   * The present access, of memory, into VALUE: an int, zero-extended, for up to 4 bytes, else a
   * long.
   */
  static void load(Gen g, int size) {
    begin(g, size, false, false);
    pushPlace(g, 0);
    load(g, size == 8 ? Gen.J : Gen.I, size);
    if (size == 8) {
      g.b.lstore(Slots.VALUE);
    } else {
      g.b.istore(Slots.VALUE);
    }
  }

  /** The place of the access, see {@link #pushPlace}, is on the stack. */
  private static void load(Gen g, ClassDesc type, int size) {
    if (sure(g)) {
      access(g, "get" + size, g.type(type, Gen.J));
      return;
    }
    access(g, "load" + size, g.type(type, Gen.CORE, Gen.J, Gen.J, Gen.J));
  }

  /** The present access, of VALUE to memory. */
  static void store(Gen g, int size) {
    begin(g, size, true, false);
    pushPlace(g, 0);
    ClassDesc type = size == 8 ? Gen.J : Gen.I;
    if (size == 8) {
      g.b.lload(Slots.VALUE);
    } else {
      g.b.iload(Slots.VALUE);
    }
    if (sure(g)) {
      access(g, "put" + size, g.type(Gen.V, Gen.J, type));
    } else {
      access(g, "store" + size, g.type(Gen.V, Gen.CORE, Gen.J, Gen.J, Gen.J, type));
    }
  }

  /**
   * The present access, of sixteen bytes, into two locals; not in one piece, as no processor
   * promises.
   */
  static void load16(Gen g, int low, int high) {
    begin(g, 16, false, false);
    pushPlace(g, 0);
    load(g, Gen.J, 8);
    pushPlace(g, 8);
    load(g, Gen.J, 8);
    g.b.lstore(high).lstore(low);
  }

  /** The present access, of sixteen bytes from two locals. */
  static void store16(Gen g, int low, int high) {
    begin(g, 16, true, false);
    pushPlace(g, 0);
    if (sure(g)) {
      g.b.lload(low);
      access(g, "put8", g.type(Gen.V, Gen.J, Gen.J));
      pushPlace(g, 8);
      g.b.lload(high);
      access(g, "put8", g.type(Gen.V, Gen.J, Gen.J));
      return;
    }
    g.b.lload(low).lload(high);
    access(g, "store16", g.type(Gen.V, Gen.CORE, Gen.J, Gen.J, Gen.J, Gen.J, Gen.J));
  }

  /** Host address for an atomic access of VALUE's size into HOST; all else is a bail-out. */
  static void hostForUpdate(Gen g, int size) {
    begin(g, size, true, true);
    pushPlace(g, 0);
    g.constant(size);
    if (sure(g)) {
      access(g, "aligned", g.type(Gen.J, Gen.J, Gen.I));
    } else {
      access(g, "atomic", g.type(Gen.J, Gen.CORE, Gen.J, Gen.J, Gen.J, Gen.I));
    }
    g.b.lstore(Slots.HOST);
  }

  /** An access alone looks now; and where the region is left if it cannot be made is said. */
  private static void begin(Gen g, int size, boolean stores, boolean atomic) {
    if (g.member != null && !g.member.covers(size, stores)) {
      g.member = null;
    }
    boolean sure = sure(g);
    if (g.member == null && sure || !sure || atomic) {
      g.mayLeave();
    }
    if (g.member == null) {
      pushAddress(g);
      if (sure) {
        g.b.lconst_0().lconst_0();
      }
      Looks.host(g, size, stores, sure);
      g.b.lstore(Slots.HOST);
    }
  }

  /** The access cannot fail once its look was good. */
  private static boolean sure(Gen g) {
    return g.member == null ? !g.shape.careful().contains(g.rip) : g.member.reach().sure();
  }

  /**
   * Pushes the host's address of a part of the access; where it is not sure, the core, where the
   * host has the access, and the linear address of the part.
   */
  private static void pushPlace(Gen g, long part) {
    Reaches.Member m = g.member;
    if (sure(g)) {
      g.b.lload(m == null ? Slots.HOST : m.reach().slot());
      g.add((m == null ? 0 : -m.toFirst()) + part);
      return;
    }
    g.b.aload(Slots.CORE).lload(m == null ? Slots.HOST : m.reach().slot());
    g.constant((m == null ? 0 : -m.toFirst()) + part);
    pushAddress(g);
    g.add(part);
  }

  /** Pushes Unsafe and the null of an absolute address. */
  static CodeBuilder unsafe(CodeBuilder b) {
    return b.getstatic(HOST, "UNSAFE", UNSAFE).aconst_null();
  }
}
