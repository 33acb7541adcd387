package ringside.cpu.unicorn;

import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;

/** SYSCALL (Intel SDM volume 2, and AMD's for legacy mode). SYSRET is libunicorn's own. */
final class SystemCall {
  private static final int STAR = 0xc000_0081;
  private static final int LSTAR = 0xc000_0082;
  private static final int CSTAR = 0xc000_0083;
  private static final int SFMASK = 0xc000_0084;
  private static final long EFER_SCE = 1;
  private static final long EFER_LMA = 1L << 10;
  private static final long RFLAGS_IF = 1L << 9;
  private static final long RFLAGS_RF = 1L << 16;
  private static final long RFLAGS_VM = 1L << 17;

  private final UnicornCpu cpu;
  private final SavedState state;

  SystemCall(UnicornCpu cpu, SavedState state) {
    this.cpu = cpu;
    this.state = state;
  }

  static boolean enabled(SavedState state) {
    return (state.get(Register.EFER) & EFER_SCE) != 0;
  }

  void enter(int instructionBytes) {
    long next = state.get(Register.RIP) + instructionBytes;
    long rflags = state.get(Register.RFLAGS);
    long star = cpu.readMsr(STAR);
    boolean lma = (state.get(Register.EFER) & EFER_LMA) != 0;
    state.set(Register.RCX, lma ? next : next & 0xffff_ffffL);
    if (lma) {
      state.set(Register.R11, rflags & ~RFLAGS_RF);
      state.set(Register.RIP, cpu.readMsr(state.longMode() ? LSTAR : CSTAR));
      state.set(Register.RFLAGS, rflags & ~(cpu.readMsr(SFMASK) | RFLAGS_RF));
    } else {
      state.set(Register.RIP, star & 0xffff_ffffL);
      state.set(Register.RFLAGS, rflags & ~(RFLAGS_IF | RFLAGS_RF | RFLAGS_VM));
    }
    int selector = (int) (star >>> 32) & 0xfffc;
    int code = lma ? Segment.CODE_64 : Segment.CODE_32;
    state.cpl(0);
    state.segment(SegmentRegister.CS, new Segment(selector, 0, 0xffff_ffffL, code));
    state.segment(SegmentRegister.SS, new Segment(selector + 8, 0, 0xffff_ffffL, Segment.DATA_32));
  }
}
