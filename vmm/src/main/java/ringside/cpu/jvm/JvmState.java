package ringside.cpu.jvm;

import ringside.cpu.ProcessorState;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;

/**
 * A {@link Core} by the names of the seam. RIP is that of the instruction to come while one is
 * being executed. Changes of the paging registers drop cached translations.
 */
final class JvmState implements ProcessorState {
  private static final int GENERAL = 16;
  private static final int CS = 1;

  private final Core c;

  JvmState(Core core) {
    this.c = core;
  }

  @Override
  public long get(Register register) {
    int number = register.ordinal();
    return number < GENERAL ? c.gpr[number] : special(register);
  }

  private long special(Register register) {
    return switch (register) {
      case RIP -> c.executing ? c.next : c.rip;
      case RFLAGS -> Flags.rflags(c);
      case CR0 -> c.cr0;
      case CR2 -> c.cr2;
      case CR3 -> c.cr3;
      case CR4 -> c.cr4;
      case CR8 -> c.cr8;
      case EFER -> c.efer;
      case FS_BASE -> c.segmentBase[4];
      case GS_BASE -> c.segmentBase[5];
      case KERNEL_GS_BASE -> c.kernelGsBase;
      case GDTR_BASE -> c.gdtrBase;
      case GDTR_LIMIT -> c.gdtrLimit;
      case IDTR_BASE -> c.idtrBase;
      case IDTR_LIMIT -> c.idtrLimit;
      case DR0, DR1, DR2, DR3 -> c.dr[register.ordinal() - Register.DR0.ordinal()];
      case DR6 -> c.dr[6];
      case DR7 -> c.dr[7];
      default -> throw new AssertionError(register);
    };
  }

  @Override
  public void set(Register register, long value) {
    int number = register.ordinal();
    if (number < GENERAL) {
      c.gpr[number] = value;
    } else {
      special(register, value);
    }
  }

  private void special(Register register, long value) {
    switch (register) {
      case RIP -> rip(value);
      case RFLAGS -> Flags.rflags(c, value);
      case CR0 -> c.cr0 = value;
      case CR2 -> c.cr2 = value;
      case CR3 -> c.cr3 = value;
      case CR4 -> c.cr4 = value;
      case CR8 -> c.cr8 = value;
      case EFER -> c.efer = value;
      case FS_BASE -> c.segmentBase[4] = value;
      case GS_BASE -> c.segmentBase[5] = value;
      case KERNEL_GS_BASE -> c.kernelGsBase = value;
      case GDTR_BASE -> c.gdtrBase = value;
      case GDTR_LIMIT -> c.gdtrLimit = value;
      case IDTR_BASE -> c.idtrBase = value;
      case IDTR_LIMIT -> c.idtrLimit = value;
      case DR0, DR1, DR2, DR3 ->
          DebugRegisters.set(c, register.ordinal() - Register.DR0.ordinal(), value);
      case DR6 -> c.dr[6] = value;
      case DR7 -> DebugRegisters.set(c, 7, value);
      default -> throw new AssertionError(register);
    }
    switch (register) {
      case CR0, CR3, CR4, EFER -> c.modeChanged();
      default -> {}
    }
  }

  private void rip(long value) {
    if (c.executing) {
      c.next = value;
    } else {
      c.rip = value;
    }
  }

  @Override
  public Segment segment(SegmentRegister register) {
    int n = register.ordinal();
    return new Segment(c.selector[n], c.segmentBase[n], c.segmentLimit[n], c.segmentAttributes[n]);
  }

  @Override
  public void segment(SegmentRegister register, Segment segment) {
    int n = register.ordinal();
    c.selector[n] = segment.selector();
    c.segmentBase[n] = segment.base();
    c.segmentLimit[n] = segment.limit();
    c.segmentAttributes[n] = segment.attributes();
    if (n == CS) {
      c.codeSegmentChanged();
    }
  }

  @Override
  public int cpl() {
    return c.cpl;
  }

  @Override
  public void cpl(int level) {
    c.cpl = level;
  }
}
