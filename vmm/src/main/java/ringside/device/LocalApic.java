package ringside.device;

import ringside.domain.Domain;
import ringside.domain.Vcpu;

/**
 * A vCPU's local APIC in xAPIC mode (Intel SDM volume 3, chapter 12): priorities, requests, EOI,
 * timer and inter-processor interrupts.
 *
 * <p>Invariant: a vector is in service from {@link #accept} until the guest's EOI; none is offered
 * whose priority class is not above that of TPR and of all that are in service.
 *
 * <p>Does: ID, version, TPR, PPR, EOI, LDR and DFR (flat model), SVR, ISR, IRR, ESR (illegal vector
 * sent), ICR with fixed, lowest-priority and NMI delivery, LVT timer one-shot and periodic. Does
 * not: x2APIC, cluster model, focus, arbitration priority, TSC deadline, INIT and start-up IPIs
 * (VCPUOP_initialise brings up vCPUs), level-triggered interrupts (TMR reads 0), CR8 as another
 * view of TPR, moving or disabling by IA32_APIC_BASE. LINT, thermal, performance and error entries
 * of the LVT keep what is written and never fire.
 */
public final class LocalApic implements InterruptSource, Resettable {
  private static final int VERSION = 0x0005_0014;
  private static final int SVR_ENABLED = 0x100;
  private static final int LVT_MASKED = 0x1_0000;
  private static final int LVT_TIMER_PERIODIC = 0x2_0000;
  private static final int LVT_ENTRIES = 6;
  private static final int ESR_SEND_ILLEGAL_VECTOR = 0x20;
  private static final int ESR_RECEIVED_ILLEGAL_VECTOR = 0x40;

  /** Vectors below are for exceptions. */
  private static final int FIRST_VECTOR = 16;

  private final Domain domain;
  private final int vcpu;
  private final LapicTimer timer;
  private final InterruptBits requested = new InterruptBits();
  private final InterruptBits inService = new InterruptBits();
  private final long[] causes = new long[256];
  private final int[] lvt = new int[LVT_ENTRIES];
  private int taskPriority;
  private int spurious;
  private int logicalDestination;
  private int destinationFormat;
  private int errors;
  private int errorStatus;
  private int icrLow;
  private int icrHigh;

  LocalApic(Domain domain, int vcpu) {
    this.domain = domain;
    this.vcpu = vcpu;
    this.timer = new LapicTimer(domain, vcpu, this::timerExpired);
    reset();
  }

  @Override
  public void reset() {
    timer.stop();
    timer.divideConfiguration(0);
    requested.clearAll();
    inService.clearAll();
    taskPriority = 0;
    spurious = 0xff;
    logicalDestination = 0;
    destinationFormat = -1;
    errors = 0;
    errorStatus = 0;
    icrLow = 0;
    icrHigh = 0;
    maskAll();
  }

  /** The ID that CPUID and register 0x20 give, twice the vCPU's number as in Xen. */
  int id() {
    return vcpu * 2;
  }

  // Interrupts

  /** An interrupt has come in; whoever sends it wakes the vCPU. */
  public void request(int vector) {
    request(vector, 0);
  }

  /** A message-signalled interrupt; one with a vector that cannot be is an error to be read. */
  void message(int vector, long cause) {
    if (vector < FIRST_VECTOR) {
      errors |= ESR_RECEIVED_ILLEGAL_VECTOR;
    } else if (domain.vcpu(vcpu).isUp()) {
      interrupt(vector, "msi", cause);
    }
  }

  private void request(int vector, long cause) {
    requested.set(vector);
    causes[vector] = cause;
  }

  /** Requests it and sees to it that the vCPU notices. */
  private void interrupt(int vector, String why, long cause) {
    request(vector, cause);
    if (pendingVector() != 0) {
      domain.vcpu(vcpu).interruptPending(why, cause);
    }
  }

  @Override
  public int pendingVector() {
    if ((spurious & SVR_ENABLED) == 0) {
      return 0;
    }
    int vector = requested.highest();
    return vector >>> 4 > processorPriority() >>> 4 ? vector : 0;
  }

  @Override
  public void accept(int vector) {
    requested.clear(vector);
    inService.set(vector);
  }

  /** Trace id of what last requested the vector, or 0. */
  public long cause(int vector) {
    return causes[vector];
  }

  /** The guest is done with the most urgent interrupt in service. No effect when none is. */
  public void eoi() {
    inService.clear(inService.highest());
  }

  private int processorPriority() {
    int serving = inService.highest() & 0xf0;
    return (taskPriority & 0xf0) >= serving ? taskPriority : serving;
  }

  private void timerExpired(long cause) {
    int entry = lvt[LapicRegister.LVT_TIMER_INDEX];
    int vector = entry & 0xff;
    if ((entry & LVT_MASKED) == 0 && vector >= FIRST_VECTOR) {
      interrupt(vector, "lapic timer", cause);
    }
  }

  // Registers: one of 32 bits in every 16 bytes

  long read(long offset, int size) {
    int inRegister = (int) offset & 0xf;
    if (inRegister + size > 4) {
      return inRegister == 0 && size == 8 ? register((int) offset) & 0xffff_ffffL : 0;
    }
    return (register((int) offset & ~0xf) & 0xffff_ffffL) >>> inRegister * 8;
  }

  private int register(int offset) {
    return switch (offset) {
      case LapicRegister.ID -> id() << 24;
      case LapicRegister.VERSION -> VERSION;
      case LapicRegister.TPR -> taskPriority;
      case LapicRegister.PPR -> processorPriority();
      case LapicRegister.LDR -> logicalDestination;
      case LapicRegister.DFR -> destinationFormat;
      case LapicRegister.SVR -> spurious;
      case LapicRegister.ESR -> errorStatus;
      case LapicRegister.ICR_LOW -> icrLow;
      case LapicRegister.ICR_HIGH -> icrHigh;
      case LapicRegister.INITIAL_COUNT -> (int) timer.initialCount();
      case LapicRegister.CURRENT_COUNT -> (int) timer.currentCount();
      case LapicRegister.DIVIDE -> timer.divideConfiguration();
      default -> arrays(offset);
    };
  }

  private int arrays(int offset) {
    if (LapicRegister.inArray(offset, LapicRegister.ISR)) {
      return inService.word(offset - LapicRegister.ISR >>> 4);
    }
    if (LapicRegister.inArray(offset, LapicRegister.IRR)) {
      return requested.word(offset - LapicRegister.IRR >>> 4);
    }
    int entry = LapicRegister.lvtIndex(offset);
    return entry < 0 ? 0 : lvt[entry];
  }

  /** Only a write of all 32 bits is one; as the SDM wants it. */
  void write(long offset, int size, long value) {
    if ((offset & 0xf) == 0 && size >= 4) {
      write((int) offset, (int) value);
    }
  }

  private void write(int offset, int value) {
    switch (offset) {
      case LapicRegister.TPR -> {
        taskPriority = value & 0xff;
        noticePending();
      }
      case LapicRegister.EOI -> {
        eoi();
        noticePending();
      }
      case LapicRegister.LDR -> logicalDestination = value & 0xff00_0000;
      case LapicRegister.DFR -> destinationFormat = value | 0x0fff_ffff;
      case LapicRegister.SVR -> spuriousWritten(value & 0x3ff);
      case LapicRegister.ESR -> {
        errorStatus = errors;
        errors = 0;
      }
      case LapicRegister.ICR_HIGH -> icrHigh = value & 0xff00_0000;
      case LapicRegister.ICR_LOW -> {
        icrLow = value & 0x000c_cfff;
        send();
      }
      case LapicRegister.INITIAL_COUNT -> timer.start(value & 0xffff_ffffL, periodic());
      case LapicRegister.DIVIDE -> timer.divideConfiguration(value);
      default -> lvtWritten(offset, value);
    }
  }

  private boolean periodic() {
    return (lvt[LapicRegister.LVT_TIMER_INDEX] & LVT_TIMER_PERIODIC) != 0;
  }

  /** The guest itself has made room for an interrupt: the pCPU loop has to look again. */
  private void noticePending() {
    if (pendingVector() != 0) {
      domain.vcpu(vcpu).interruptPending("lapic", causes[pendingVector()]);
    }
  }

  private void spuriousWritten(int value) {
    spurious = value;
    if ((value & SVR_ENABLED) == 0) {
      maskAll();
    } else {
      noticePending();
    }
  }

  private void maskAll() {
    for (int i = 0; i < LVT_ENTRIES; i++) {
      lvt[i] |= LVT_MASKED;
    }
  }

  private void lvtWritten(int offset, int value) {
    int entry = LapicRegister.lvtIndex(offset);
    if (entry >= 0) {
      int kept = entry == LapicRegister.LVT_TIMER_INDEX ? 0x3_00ff : 0x1_a7ff;
      lvt[entry] = value & kept | ((spurious & SVR_ENABLED) == 0 ? LVT_MASKED : 0);
    }
  }

  // Inter-processor interrupts

  private void send() {
    InterruptCommand command = new InterruptCommand(icrLow, icrHigh);
    if (command.needsVector() && command.vector() < FIRST_VECTOR) {
      errors |= ESR_SEND_ILLEGAL_VECTOR;
      return;
    }
    for (LocalApic target : domain.board().lapics()) {
      if (command.reaches(this, target)) {
        target.receive(command);
        if (command.lowestPriority()) {
          return;
        }
      }
    }
  }

  private void receive(InterruptCommand command) {
    Vcpu receiver = domain.vcpu(vcpu);
    if (!receiver.isUp()) {
      return;
    }
    if (command.needsVector()) {
      interrupt(command.vector(), "ipi", 0);
    } else if (command.nmi()) {
      receiver.sendNmi();
    }
  }

  /** True when a logical destination in the flat model names this APIC. */
  boolean inFlatSet(int set) {
    return destinationFormat >>> 28 == 0xf && (logicalDestination >>> 24 & set) != 0;
  }
}
