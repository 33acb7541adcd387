package ringside.cpu.jvm.ops;

import ringside.cpu.Segment;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Flags;
import ringside.cpu.jvm.memory.HostMemory;

/**
 * The interrupts of a 64-bit kernel at privilege level 0, and the returns from them, as they nearly
 * always are: code and stack segment are loaded as what they are already, all bytes are plain
 * memory that was used before.
 *
 * <p>Invariant: each is done whole, as the general way would do it ({@link
 * ringside.cpu.InterruptDelivery}, {@link FarReturns}), or not at all; then the general way has to
 * be gone.
 */
public final class SameLevel {
  private static final int RSP = Stack.RSP;
  private static final int CS = 1;
  private static final int SS = 2;
  private static final int KIND = 0x60ff;
  private static final int KERNEL_CODE = 0x209b;
  private static final int TYPE = 0x0e;
  private static final int KERNEL_DATA = 0x93;
  private static final long WORD = 0xffff;
  private static final int GATE = 16;
  private static final int FRAME = 40;
  private static final long VIRTUAL_INTERRUPTS = 3 << 19;
  private static final long CHANGEABLE =
      Flags.ALL
          | Flags.TF
          | Flags.IF
          | Flags.DF
          | Flags.NT
          | Flags.RF
          | Flags.AC
          | Flags.ID
          | Flags.IOPL
          | VIRTUAL_INTERRUPTS;
  private static final long CLEARED = Flags.TF | Flags.NT | Flags.RF | Flags.VM;

  private SameLevel() {}

  /**
   * IRETQ. Not where single-step or a suppressed breakpoint begins.
   *
   * @param rsp the stack pointer
   * @return false when nothing was done; else RIP is in {@link Core#next}, all else where it
   *     belongs
   */
  public static boolean iret(Core c, long rsp) {
    long frame = c.mmu.loadHost(rsp, 8);
    if (!inKernel(c) || frame == 0 || c.mmu.loadHost(rsp + FRAME - 8, 8) != frame + FRAME - 8) {
      return false;
    }
    long rip = HostMemory.load(frame, 8);
    long image = HostMemory.load(frame + 16, 8);
    boolean plain = ((c.flags | image) & (Flags.NT | Flags.TF | Flags.RF)) == 0;
    boolean same =
        (HostMemory.load(frame + 8, 8) & WORD) == c.selector[CS]
            && (HostMemory.load(frame + 32, 8) & WORD) == c.selector[SS];
    if (!plain || !same || rip << 16 >> 16 != rip || !codeStays(c) || !stackStays(c)) {
      return false;
    }
    Flags.rflags(c, c.flags & ~CHANGEABLE | image & CHANGEABLE);
    c.gpr[RSP] = HostMemory.load(frame + 24, 8);
    c.next = rip;
    return true;
  }

  /**
   * Delivers an external interrupt.
   *
   * @return false when nothing was done
   */
  public static boolean interrupt(Core c, int vector) {
    long entry = c.idtrBase + vector * GATE;
    long gate = c.mmu.loadHost(entry, 8);
    long rest = c.mmu.loadHost(entry + 8, 8);
    if (!inKernel(c) || vector * GATE + GATE - 1 > c.idtrLimit || gate == 0 || rest == 0) {
      return false;
    }
    long low = HostMemory.load(gate, 8);
    long rip = low & WORD | low >>> 48 << 16 | HostMemory.load(rest, 4) << 32;
    boolean present = (low >>> 40 & 0x9e) == (0x80 | TYPE) && (low >>> 32 & 7) == 0;
    boolean same = (low >>> 16 & WORD) == c.selector[CS] && codeStays(c);
    if (!present || !same || rip << 16 >> 16 != rip) {
      return false;
    }
    long top = (c.gpr[RSP] & -16) - FRAME;
    long frame = c.mmu.storeHost(top, 8);
    if (frame == 0 || c.mmu.storeHost(top + FRAME - 8, 8) != frame + FRAME - 8) {
      return false;
    }
    push(c, frame);
    boolean closes = (low >>> 40 & 1) == 0;
    c.flags &= ~(closes ? CLEARED | Flags.IF : CLEARED);
    c.gpr[RSP] = top;
    c.rip = rip;
    return true;
  }

  private static void push(Core c, long frame) {
    HostMemory.store(frame + 32, 8, c.selector[SS]);
    HostMemory.store(frame + 24, 8, c.gpr[RSP]);
    HostMemory.store(frame + 16, 8, Flags.rflags(c));
    HostMemory.store(frame + 8, 8, c.selector[CS]);
    HostMemory.store(frame, 8, c.rip);
  }

  private static boolean inKernel(Core c) {
    return c.cpl == 0 && c.long64();
  }

  private static boolean codeStays(Core c) {
    return (c.segmentAttributes[CS] & KIND) == KERNEL_CODE && stays(c, CS);
  }

  private static boolean stackStays(Core c) {
    return (c.segmentAttributes[SS] & 0xff) == KERNEL_DATA && stays(c, SS);
  }

  /** The descriptor of a segment of level 0 says what it said when it was loaded. */
  private static boolean stays(Core c, int register) {
    int selector = c.selector[register];
    boolean usable = !Descriptors.isNull(selector) && (selector & 3) == 0;
    long slot = usable ? Descriptors.find(c, selector) : -1;
    long host = slot == -1 ? 0 : c.mmu.loadHost(slot, 8);
    if (host == 0) {
      return false;
    }
    Segment now = Descriptors.segment(selector, HostMemory.load(host, 8));
    return now.attributes() == c.segmentAttributes[register]
        && now.base() == c.segmentBase[register]
        && now.limit() == c.segmentLimit[register];
  }
}
