package ringside.cpu.jvm;

import java.lang.invoke.VarHandle;
import ringside.cpu.Cpu;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;
import ringside.cpu.ProcessorState;
import ringside.cpu.SystemMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.x86.CodeMode;
import ringside.memory.GuestSpace;

/**
 * The registers of one processor, open to the semantics of instructions and to translated code.
 *
 * <p>Invariant: while an instruction is executed, {@link #rip} is its own address and {@link #next}
 * that of the one to come; whoever transfers control changes {@code next}. An instruction that
 * cannot be done throws {@link CpuFault} before it has changed anything.
 *
 * <p>Arithmetic flags are kept lazily, see {@link Flags}: {@link #flags} holds all other bits.
 */
public final class Core {
  /** RAX RCX RDX RBX RSP RBP RSI RDI R8 to R15. */
  public final long[] gpr = new long[16];

  /** Offset in the code segment of the present instruction. */
  public long rip;

  /** Offset of the instruction to come. */
  public long next;

  /** RFLAGS without CF PF AF ZF SF OF; bit 1 is set. */
  public long flags = 2;

  /** How the arithmetic flags come out of {@link #ccResult} and {@link #ccSource}. */
  public int ccOp;

  public long ccResult;
  public long ccSource;

  // Segments, indexed as SegmentRegister: ES CS SS DS FS GS TR LDTR.
  public final int[] selector = new int[8];
  public final long[] segmentBase = new long[8];

  /** In bytes, granularity applied. */
  public final long[] segmentLimit = new long[8];

  /** VMX format, see Segment. */
  public final int[] segmentAttributes = new int[8];

  public int cpl;
  public CodeMode mode = CodeMode.BITS32;

  public long cr0;
  public long cr2;
  public long cr3;
  public long cr4;
  public long cr8;
  public long efer;
  public final long[] dr = new long[8];
  public long gdtrBase;
  public long gdtrLimit;
  public long idtrBase;
  public long idtrLimit;
  public long kernelGsBase;
  public long star;
  public long lstar;
  public long cstar;
  public long sfmask;
  public long sysenterCs;
  public long sysenterEsp;
  public long sysenterEip;
  public long pat = 0x0007_0406_0007_0406L;

  /** XMM registers: low half of n at 2n, high half at 2n + 1. */
  public final long[] xmm = new long[32];

  public int mxcsr = 0x1f80;

  /** x87: significand of physical register n (also MMX register n), and sign with exponent. */
  public final long[] fpuSignificand = new long[8];

  public final int[] fpuSignExponent = new int[8];
  public int fpuControl = 0x37f;
  public int fpuStatus;

  /** Full tag word, two bits a register; 3 is empty. */
  public int fpuTags = 0xffff;

  public int fpuOpcode;
  public long fpuIp;
  public long fpuDp;

  /** Bytes of code executed since creation, repeated string instructions once an iteration. */
  public long ticks;

  /** {@link #ticks} at which the present run ends. */
  public long ticksEnd;

  /** No interrupt before the instruction to come: behind STI, MOV SS and POP SS. */
  public boolean shadow;

  /** HLT was executed. */
  public boolean halted;

  /** The run is to end where the processor becomes {@link Cpu#interruptible}. */
  public boolean windowAwaited;

  /** Leave the run at the next boundary of an instruction. Set by any thread. */
  public volatile boolean exitRequested;

  /** Code that was decoded has changed: the present block may be stale. Set by any thread. */
  public volatile boolean codeChanged;

  /**
   * Sign bit: another thread has set one of the two above. Loops of translated code look at it in
   * each round; not volatile, so that they are as fast as without, and may see it somewhat late.
   */
  public int called;

  /** Between the decoding and the end of an instruction: RIP, asked for, is {@link #next}. */
  public boolean executing;

  /** Some data breakpoint is enabled, and the memory told of it. */
  boolean watchesData;

  /** Misaligned accesses raise #AC: CR0.AM and RFLAGS.AC are set, and the code is the user's. */
  public boolean checksAlignment;

  /** Breakpoints that the present instruction met, as in DR6. */
  int breakpointsMet;

  public final GuestSpace space;
  public final Platform platform;
  public final Mmu mmu;

  /** The seam's view of this processor, for {@link Platform}. */
  public final Cpu cpu;

  /** These registers by name. */
  public final ProcessorState state = new JvmState(this);

  /** Memory for {@link ringside.cpu.InterruptDelivery} and the like. */
  public final SystemMemory systemMemory = new TranslatedMemory(this);

  private static final long EFER_LMA = 1L << 10;
  private static final long CR0_MP = 2;
  private static final long CR0_EM = 4;
  private static final long CR0_TS = 8;
  private static final long CR4_OSFXSR = 0x200;
  private static final int CS_LONG = 0x2000;
  private static final int CS_BIG = 0x4000;

  private final CpuFault fault = new CpuFault();

  Core(GuestSpace space, Platform platform, Cpu cpu, java.util.function.Function<Core, Mmu> mmu) {
    this.space = space;
    this.platform = platform;
    this.cpu = cpu;
    this.mmu = mmu.apply(this);
  }

  /** Another one when addresses lead elsewhere, or code is another mode's. */
  public long stamp() {
    return mmu.epoch() << 2 | mode.ordinal();
  }

  /** From any thread, behind setting {@link #exitRequested} or {@link #codeChanged}. */
  public void call() {
    called = Integer.MIN_VALUE;
  }

  /** 64-bit code is executed, and between two instructions there is nothing to look at. */
  public boolean undisturbed() {
    return mode == CodeMode.BITS64
        && called == 0
        && !windowAwaited
        && (flags & CarefulStep.UNUSUAL) == 0
        && !DebugRegisters.enabled(this)
        && !exitRequested
        && !codeChanged;
  }

  /** At a boundary, before what the call was for is looked at. */
  void heard() {
    called = 0;
    if (!platform.oneThread()) {
      VarHandle.fullFence(); // a call from here on stays
    }
  }

  /** To be thrown: an exception without an error code. */
  public CpuFault fault(int vector) {
    return fault.set(vector, -1, 0);
  }

  public CpuFault fault(int vector, int errorCode) {
    return fault.set(vector, errorCode, 0);
  }

  /** INT n, INT3, INTO: the gate's DPL counts, and RIP behind the instruction is pushed. */
  public CpuFault softwareInterrupt(int vector) {
    return fault.software(vector);
  }

  /** INT1: RIP behind the instruction is pushed, the gate's DPL does not count. */
  public CpuFault trap(int vector) {
    return fault.trap(vector);
  }

  public CpuFault pageFault(int errorCode, long address) {
    return fault.set(GuestException.PF, errorCode, address);
  }

  public CpuFault protection() {
    return fault.set(GuestException.GP, 0, 0);
  }

  public CpuFault undefined() {
    return fault.set(GuestException.UD, -1, 0);
  }

  /** CR0, CR3, CR4, EFER or CS changed: the mode is worked out anew, cached translations go. */
  public void modeChanged() {
    codeSegmentChanged();
    mmu.flush();
  }

  /** CS or the privilege level changed. */
  public void codeSegmentChanged() {
    int cs = segmentAttributes[1];
    boolean longMode = (efer & EFER_LMA) != 0;
    mode =
        longMode && (cs & CS_LONG) != 0
            ? CodeMode.BITS64
            : (cs & CS_BIG) != 0 ? CodeMode.BITS32 : CodeMode.BITS16;
    mmu.privilegeChanged();
  }

  /** Before an x87 instruction (Intel SDM volume 3, 2.5): #NM when CR0.EM or TS is set. */
  public void checkX87() {
    if ((cr0 & (CR0_EM | CR0_TS)) != 0) {
      throw fault(GuestException.NM);
    }
  }

  /** Before WAIT: #NM when both CR0.MP and TS are set. */
  public void checkWait() {
    if ((cr0 & (CR0_MP | CR0_TS)) == (CR0_MP | CR0_TS)) {
      throw fault(GuestException.NM);
    }
  }

  /** Before an MMX instruction: #UD when CR0.EM is set, #NM when TS is. */
  public void checkMmx() {
    if ((cr0 & CR0_EM) != 0) {
      throw undefined();
    }
    if ((cr0 & CR0_TS) != 0) {
      throw fault(GuestException.NM);
    }
  }

  /** Before an SSE instruction: #UD when CR0.EM is set or CR4.OSFXSR is not, #NM when TS is. */
  public void checkSse() {
    if ((cr4 & CR4_OSFXSR) == 0) {
      throw undefined();
    }
    checkMmx();
  }

  /** Linear address of RIP. */
  public long linearRip() {
    return long64() ? rip : segmentBase[1] + rip & 0xffff_ffffL;
  }

  public boolean long64() {
    return mode == CodeMode.BITS64;
  }

  /** IA-32e mode: 64-bit or compatibility code. */
  public boolean longModeActive() {
    return (efer & EFER_LMA) != 0;
  }

  public boolean protectedMode() {
    return (cr0 & 1) != 0;
  }
}
