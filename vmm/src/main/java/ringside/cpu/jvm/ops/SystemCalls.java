package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * SYSCALL, SYSRET, SYSENTER and SYSEXIT (Intel SDM volume 2; outside 64-bit mode the first two as
 * AMD has them).
 */
public final class SystemCalls {
  private static final long EFER_SCE = 1;
  private static final long RETURNED = 0x3c_7fd7;
  private static final int RCX = 1;
  private static final int RDX = 2;
  private static final int R11 = 11;
  private static final int USER = 3;
  private static final int DPL_SHIFT = 5;

  private SystemCalls() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.SYSCALL, (c, i) -> syscall(c));
    into.put(Mnemonic.SYSRET, SystemCalls::sysret);
    into.put(Mnemonic.SYSENTER, (c, i) -> sysenter(c));
    into.put(Mnemonic.SYSEXIT, SystemCalls::sysexit);
  }

  private static void syscall(Core c) {
    if ((c.efer & EFER_SCE) == 0) {
      throw c.undefined();
    }
    int selector = (int) (c.star >>> 32) & 0xfffc;
    long rflags = Flags.rflags(c) & ~(long) Flags.RF;
    if (c.longModeActive()) {
      c.gpr[RCX] = c.next;
      c.gpr[R11] = rflags;
      c.next = c.long64() ? c.lstar : c.cstar;
      Flags.rflags(c, rflags & ~c.sfmask);
      load(c, selector, selector + 8, 0, true);
    } else {
      c.gpr[RCX] = c.next & 0xffff_ffffL;
      c.next = c.star & 0xffff_ffffL;
      Flags.rflags(c, rflags & ~(long) (Flags.IF | Flags.VM));
      load(c, selector, selector + 8, 0, false);
    }
  }

  private static void sysret(Core c, Insn i) {
    if ((c.efer & EFER_SCE) == 0) {
      throw c.undefined();
    }
    Privilege.kernel(c);
    int selector = (int) (c.star >>> 48) & 0xfffc;
    boolean to64 = i.operandSize == 8;
    long target = to64 ? c.gpr[RCX] : c.gpr[RCX] & 0xffff_ffffL;
    checkCanonical(c, target);
    if (c.longModeActive()) {
      Flags.rflags(c, c.gpr[R11] & RETURNED);
    } else {
      c.flags |= Flags.IF;
    }
    load(c, to64 ? selector + 16 : selector, selector + 8, USER, to64);
    c.next = target;
  }

  private static void sysenter(Core c) {
    int selector = (int) c.sysenterCs & 0xfffc;
    if (!c.protectedMode() || selector == 0) {
      throw c.protection();
    }
    boolean to64 = c.longModeActive();
    c.flags &= ~(long) (Flags.IF | Flags.VM | Flags.RF);
    load(c, selector, selector + 8, 0, to64);
    c.gpr[Stack.RSP] = to64 ? c.sysenterEsp : c.sysenterEsp & 0xffff_ffffL;
    c.next = to64 ? c.sysenterEip : c.sysenterEip & 0xffff_ffffL;
  }

  private static void sysexit(Core c, Insn i) {
    int selector = (int) c.sysenterCs & 0xfffc;
    if (!c.protectedMode() || selector == 0) {
      throw c.protection();
    }
    Privilege.kernel(c);
    boolean to64 = i.operandSize == 8;
    long mask = to64 ? -1 : 0xffff_ffffL;
    long target = c.gpr[RDX] & mask;
    long stack = c.gpr[RCX] & mask;
    checkCanonical(c, target);
    checkCanonical(c, stack);
    load(c, selector + (to64 ? 32 : 16), selector + (to64 ? 40 : 24), USER, to64);
    c.gpr[Stack.RSP] = stack;
    c.next = target;
  }

  private static void checkCanonical(Core c, long address) {
    if (address << 16 >> 16 != address) {
      throw c.protection();
    }
  }

  /** Flat segments of a level, whatever the tables say. */
  private static void load(Core c, int code, int stack, int level, boolean to64) {
    int dpl = level << DPL_SHIFT;
    int kind = to64 ? Segment.CODE_64 : Segment.CODE_32;
    c.cpl = level;
    c.state.segment(SegmentRegister.CS, flat(code | level, kind | dpl));
    c.state.segment(SegmentRegister.SS, flat(stack & 0xfffc | level, Segment.DATA_32 | dpl));
  }

  private static Segment flat(int selector, int attributes) {
    return new Segment(selector & 0xffff, 0, 0xffff_ffffL, attributes);
  }
}
