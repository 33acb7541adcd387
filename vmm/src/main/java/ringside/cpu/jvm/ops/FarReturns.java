package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.GuestException;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/**
 * Far RET and IRET (Intel SDM volume 2, RET and IRET/IRETD/IRETQ).
 *
 * <p>Does not: return to another task (NT outside long mode raises #TS(0), as for a back link that
 * is null) or to virtual-8086 mode (#GP(0)).
 */
public final class FarReturns {
  private static final int REAL_CODE = 0x9b;
  private static final long IOPL = 3 << 12;
  private static final long VIRTUAL_INTERRUPTS = 3 << 19;
  private static final long BY_ANYONE =
      Flags.ALL | Flags.TF | Flags.DF | Flags.NT | Flags.RF | Flags.AC | Flags.ID;

  private FarReturns() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.RETF, FarReturns::retf);
    into.put(Mnemonic.IRET, FarReturns::iret);
  }

  private static void retf(Core c, Insn i) {
    long release = i.a == null ? 0 : i.imm & 0xffff;
    if (!c.protectedMode()) {
      real(c, i.operandSize, 2, release);
      return;
    }
    new Return(c, i.operandSize, 2, release, false).run();
  }

  private static void iret(Core c, Insn i) {
    int size = i.operandSize;
    if (c.protectedMode() && (c.flags & Flags.NT) != 0) {
      throw c.longModeActive() ? c.protection() : c.fault(GuestException.TS, 0);
    }
    long image = slot(c, size, 2);
    if (!c.protectedMode()) {
      real(c, size, 3, 0);
      flags(c, image, size, 0);
      return;
    }
    boolean virtual = size > 2 && (image & Flags.VM) != 0;
    if (virtual && c.cpl == 0 && !c.longModeActive()) {
      throw c.protection();
    }
    int old = c.cpl;
    new Return(c, size, 3, 0, c.long64()).run();
    flags(c, image, size, old);
  }

  /** Entry n of the stack, the one on its top first. */
  private static long slot(Core c, int size, int n) {
    return Stack.load(c, Stack.at(c, (long) n * size), size);
  }

  private static void flags(Core c, long image, int size, int level) {
    long change = BY_ANYONE;
    if (level == 0) {
      change |= IOPL | VIRTUAL_INTERRUPTS;
    }
    if (level <= Privilege.ioLevel(c)) {
      change |= Flags.IF;
    }
    change &= Operands.mask(size);
    Flags.rflags(c, Flags.rflags(c) & ~change | image & change);
  }

  private static void real(Core c, int size, int entries, long release) {
    long target = slot(c, size, 0);
    int selector = (int) slot(c, size, 1) & 0xffff;
    if (target > c.segmentLimit[1]) {
      throw c.protection();
    }
    c.state.segment(
        SegmentRegister.CS, new Segment(selector, selector << 4, c.segmentLimit[1], REAL_CODE));
    Stack.move(c, (long) entries * size + release);
    c.next = target;
  }

  /** One return in protected mode. All is checked before anything changes. */
  private static final class Return {
    private final Core c;
    private final int size;
    private final int entries;
    private final long release;
    private final boolean alwaysStack;

    /**
     * @param entries behind which the stack pointer and SS stand
     * @param release bytes of parameters, here and on the outer stack
     * @param alwaysStack they are popped even when the privilege level stays
     */
    Return(Core c, int size, int entries, long release, boolean alwaysStack) {
      this.c = c;
      this.size = size;
      this.entries = entries;
      this.release = release;
      this.alwaysStack = alwaysStack;
    }

    void run() {
      long offset = slot(c, size, 0);
      int selector = (int) slot(c, size, 1) & 0xffff;
      if (Descriptors.isNull(selector)) {
        throw c.protection();
      }
      Segment code = Descriptors.read(c, selector, GuestException.GP);
      CodeLoads.checkReturn(c, code);
      int level = selector & 3;
      boolean outer = level > c.cpl;
      if (!outer && !alwaysStack) {
        long target = CodeLoads.target(c, code, offset);
        CodeLoads.enter(c, code, level);
        Stack.move(c, (long) entries * size + release);
        c.next = target;
        return;
      }
      long pointer = Stack.load(c, Stack.at(c, (long) entries * size + release), size);
      int stackSelector =
          (int) Stack.load(c, Stack.at(c, (entries + 1L) * size + release), 2) & 0xffff;
      Segment stack = stack(stackSelector, level, CodeLoads.is64(c, code));
      long target = CodeLoads.target(c, code, offset);
      CodeLoads.enter(c, code, level);
      c.state.segment(SegmentRegister.SS, stack);
      setPointer(pointer);
      if (outer) {
        SegmentLoads.dropPrivileged(c);
      }
      c.next = target;
    }

    private Segment stack(int selector, int level, boolean to64) {
      if (Descriptors.isNull(selector)) {
        if (to64 && level < 3 && (selector & 3) == level) {
          return SegmentLoads.nullStack(level);
        }
        throw c.protection();
      }
      return SegmentLoads.stack(c, selector, level, GuestException.GP);
    }

    private void setPointer(long pointer) {
      Operands.setGpr(c, Stack.RSP, Stack.addressSize(c), pointer + release);
    }
  }
}
