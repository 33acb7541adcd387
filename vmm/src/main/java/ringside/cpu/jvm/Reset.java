package ringside.cpu.jvm;

import java.util.Arrays;
import ringside.cpu.InitialState;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;

/** Brings a processor into an initial state. Ticks go on counting. */
final class Reset {
  private static final long CR0_ET = 0x10;
  private static final Segment NO_LDT = new Segment(0, 0, 0, Segment.UNUSABLE);
  private static final Segment FLAT_DATA = new Segment(0, 0, 0xffff_ffffL, Segment.DATA_32);

  private Reset() {}

  static void apply(Core c, InitialState initial) {
    Arrays.fill(c.gpr, 0);
    System.arraycopy(initial.general(), 0, c.gpr, 0, initial.general().length);
    Arrays.fill(c.dr, 0);
    c.dr[6] = DebugRegisters.DR6_FIXED;
    DebugRegisters.set(c, 7, DebugRegisters.DR7_FIXED);
    Arrays.fill(c.xmm, 0);
    Arrays.fill(c.fpuSignificand, 0);
    Arrays.fill(c.fpuSignExponent, 0);
    c.mxcsr = 0x1f80;
    c.fpuControl = 0x37f;
    c.fpuStatus = 0;
    c.fpuTags = 0xffff;
    c.fpuOpcode = 0;
    c.fpuIp = 0;
    c.fpuDp = 0;
    c.executing = false;
    c.shadow = false;
    c.halted = false;
    c.rip = initial.rip();
    Flags.rflags(c, initial.rflags());
    c.cr0 = initial.cr0() | CR0_ET;
    c.cr2 = 0;
    c.cr3 = initial.cr3();
    c.cr4 = initial.cr4();
    c.cr8 = 0;
    c.efer = initial.efer();
    c.cpl = 0;
    c.state.segment(SegmentRegister.CS, initial.cs());
    c.state.segment(SegmentRegister.DS, initial.ds());
    c.state.segment(SegmentRegister.ES, initial.es());
    c.state.segment(SegmentRegister.SS, initial.ss());
    c.state.segment(SegmentRegister.FS, FLAT_DATA);
    c.state.segment(SegmentRegister.GS, FLAT_DATA);
    c.state.segment(SegmentRegister.TR, initial.tr());
    c.state.segment(SegmentRegister.LDTR, NO_LDT);
    c.kernelGsBase = 0;
    c.star = 0;
    c.lstar = 0;
    c.cstar = 0;
    c.sfmask = 0;
    c.sysenterCs = 0;
    c.sysenterEsp = 0;
    c.sysenterEip = 0;
    c.gdtrBase = 0;
    c.gdtrLimit = 0xffff;
    c.idtrBase = 0;
    c.idtrLimit = 0xffff;
    c.modeChanged();
  }
}
