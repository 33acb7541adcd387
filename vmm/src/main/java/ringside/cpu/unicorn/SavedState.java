package ringside.cpu.unicorn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import ringside.cpu.InitialState;
import ringside.cpu.ProcessorState;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;

/**
 * A processor's state as libunicorn keeps it: {@link #load}, read and change, {@link #store}. It is
 * the live state itself where that was found, else a copy.
 *
 * <p>Invariant: the translator's hidden flags agree with segments, control registers and privilege
 * level whenever the state is stored.
 *
 * <p>Does not hold FPU and vector registers in view; they pass through unchanged.
 */
final class SavedState implements ProcessorState, AutoCloseable {
  private static final Segment FLAT_DATA = new Segment(0, 0, 0xffff_ffffL, Segment.DATA_32);
  private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final int HIDDEN_CPL = 3;
  private static final int HIDDEN_SHADOW = 1 << 3;
  private static final int HIDDEN_CS32 = 1 << 4;
  private static final int HIDDEN_SS32 = 1 << 5;
  private static final int HIDDEN_BASED = 1 << 6;
  private static final int HIDDEN_PE = 1 << 7;
  private static final int HIDDEN_MP_EM_TS_SHIFT = 8; // from bits 1 to 3 of CR0
  private static final int HIDDEN_MP_EM_TS = 7 << 9;
  private static final int HIDDEN_LMA = 1 << 14;
  private static final int HIDDEN_CS64 = 1 << 15;
  private static final int HIDDEN_OSFXSR = 1 << 22;
  private static final long CR0_FIXED = 1L << 4;
  private static final long CR0_PE = 1;
  private static final long CR0_PG = 1L << 31;
  private static final long CR4_OSFXSR = 1L << 9;
  private static final long EFER_LME = 1L << 8;
  private static final long EFER_LMA = 1L << 10;
  private static final long ARITHMETIC_FLAGS = 0x8d5;
  private static final long DIRECTION_FLAG = 0x400;
  private static final long ALWAYS_SET_FLAGS = 2;
  private static final int FLAGS_IN_SOURCE = 1;
  private static final int TSS_BUSY = 1 << 9;
  private static final int DESCRIPTOR_PRESENT = 1 << 15;
  private static final int ES = 0;
  private static final int CS = 1;
  private static final int SS = 2;
  private static final int DS = 3;

  private final long uc;
  private final StateLayout at;
  private final MemorySegment context;
  private final MemorySegment buffer;
  private final boolean copied;
  private long copiedFlags;
  private boolean flushTlb;

  private SavedState(
      long uc, StateLayout layout, MemorySegment buffer, long address, boolean copied) {
    this.uc = uc;
    this.at = layout;
    this.buffer = buffer;
    this.copied = copied;
    this.context = MemorySegment.ofAddress(address).reinterpret(layout.contextSize());
  }

  /** A copy, which may be kept and stored later. */
  static SavedState copy(long uc, StateLayout layout, MemorySegment buffer) {
    return new SavedState(uc, layout, buffer, Uc.allocateContext(uc), true);
  }

  /**
   * The live state, where it is known.
   *
   * @param pointer what {@link ScratchBlock} found for this processor
   */
  static SavedState live(long uc, StateLayout layout, MemorySegment buffer, long pointer) {
    return layout.live()
        ? new SavedState(uc, layout, buffer, pointer - layout.general(), false)
        : copy(uc, layout, buffer);
  }

  /** Takes the processor's present state. */
  void load() {
    if (copied) {
      Uc.saveContext(uc, context.address());
      copiedFlags = presentFlags();
    }
    flushTlb = false;
  }

  private long presentFlags() {
    Uc.readRegister(uc, UcRegisters.RFLAGS, buffer.address());
    return buffer.get(ValueLayout.JAVA_LONG, 0);
  }

  /** Makes it the processor's state; no exception is in delivery any more. */
  void store() {
    context.set(I, at.oldException(), -1);
    context.set(I, at.hiddenFlags(), hiddenFlags());
    if (copied) {
      Uc.restoreContext(uc, context.address());
    }
    if (flushTlb) {
      Uc.flushTlb(uc);
      flushTlb = false;
    }
  }

  /** Where RFLAGS lie, arithmetic flags aside; the hidden flags are 40 bytes behind. */
  long flagsAddress() {
    return context.address() + at.rflags();
  }

  /** Error code of the exception that was just raised. */
  int errorCode() {
    return context.get(I, at.errorCode());
  }

  /** True when the exception that was just raised is INT n, INT3 or INTO. */
  boolean softwareInterrupt() {
    return context.get(I, at.isSoftware()) != 0;
  }

  /** True behind STI, POP SS and MOV SS. */
  boolean interruptShadow() {
    return (context.get(I, at.hiddenFlags()) & HIDDEN_SHADOW) != 0;
  }

  boolean longMode() {
    return (context.get(I, at.hiddenFlags()) & HIDDEN_CS64) != 0;
  }

  @Override
  public long get(Register register) {
    return switch (register) {
      case RIP -> context.get(L, at.rip());
      case RFLAGS -> copied ? copiedFlags : presentFlags();
      case CR0, CR2, CR3, CR4 -> context.get(L, control(register));
      case EFER -> context.get(L, at.efer());
      case GDTR_BASE -> context.get(L, at.gdtr() + 8L);
      case GDTR_LIMIT -> context.get(I, at.gdtr() + 16L) & 0xffff_ffffL;
      case IDTR_BASE -> context.get(L, at.idtr() + 8L);
      case IDTR_LIMIT -> context.get(I, at.idtr() + 16L) & 0xffff_ffffL;
      case FS_BASE -> context.get(L, at.segment(SegmentRegister.FS.ordinal()) + 8L);
      case GS_BASE -> context.get(L, at.segment(SegmentRegister.GS.ordinal()) + 8L);
      case RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15 ->
          context.get(L, slot(register));
      case CR8, KERNEL_GS_BASE, DR0, DR1, DR2, DR3, DR6, DR7 ->
          throw new IllegalArgumentException(register + " is not in view");
    };
  }

  @Override
  public void set(Register register, long value) {
    switch (register) {
      case RIP -> context.set(L, at.rip(), value);
      case RFLAGS -> setFlags(value);
      case CR0 -> setControl(register, value | CR0_FIXED);
      case CR3, CR4 -> setControl(register, value);
      case CR2 -> context.set(L, control(register), value);
      case EFER -> {
        context.set(L, at.efer(), value);
        flushTlb = true;
      }
      case GDTR_BASE -> context.set(L, at.gdtr() + 8L, value);
      case GDTR_LIMIT -> context.set(I, at.gdtr() + 16L, (int) value);
      case IDTR_BASE -> context.set(L, at.idtr() + 8L, value);
      case IDTR_LIMIT -> context.set(I, at.idtr() + 16L, (int) value);
      case FS_BASE -> context.set(L, at.segment(SegmentRegister.FS.ordinal()) + 8L, value);
      case GS_BASE -> context.set(L, at.segment(SegmentRegister.GS.ordinal()) + 8L, value);
      case RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15 ->
          context.set(L, slot(register), value);
      case CR8, KERNEL_GS_BASE, DR0, DR1, DR2, DR3, DR6, DR7 ->
          throw new IllegalArgumentException(register + " is not in view");
    }
  }

  static boolean general(Register register) {
    return register.ordinal() <= Register.R15.ordinal();
  }

  /** Registers in view of {@link #get}. */
  static boolean holds(Register register) {
    return switch (register) {
      case CR8, KERNEL_GS_BASE, DR0, DR1, DR2, DR3, DR6, DR7 -> false;
      default -> true;
    };
  }

  private long slot(Register register) {
    return at.general() + 8L * register.ordinal();
  }

  private long control(Register register) {
    int number =
        switch (register) {
          case CR2 -> 2;
          case CR3 -> 3;
          case CR4 -> 4;
          default -> 0;
        };
    return at.control() + 8L * number;
  }

  private void setControl(Register register, long value) {
    context.set(L, control(register), value);
    flushTlb = true;
  }

  private void setFlags(long value) {
    long rflags = value | ALWAYS_SET_FLAGS;
    copiedFlags = rflags;
    context.set(L, at.rflags(), rflags & ~(ARITHMETIC_FLAGS | DIRECTION_FLAG));
    context.set(L, at.flagsSource(), rflags & ARITHMETIC_FLAGS);
    context.set(I, at.flagsKind(), FLAGS_IN_SOURCE);
    context.set(I, at.direction(), (rflags & DIRECTION_FLAG) != 0 ? -1 : 1);
  }

  @Override
  public Segment segment(SegmentRegister register) {
    long slot = slot(register);
    int flags = context.get(I, slot + 20);
    if (register == SegmentRegister.TR) {
      flags |= TSS_BUSY;
    }
    return new Segment(
        context.get(I, slot) & 0xffff,
        context.get(L, slot + 8),
        context.get(I, slot + 16) & 0xffff_ffffL,
        flags >>> 8 & 0xf0ff | ((flags & DESCRIPTOR_PRESENT) == 0 ? Segment.UNUSABLE : 0));
  }

  @Override
  public void segment(SegmentRegister register, Segment segment) {
    long slot = slot(register);
    context.set(I, slot, segment.selector());
    context.set(L, slot + 8, segment.base());
    context.set(I, slot + 16, (int) segment.limit());
    boolean unusable = (segment.attributes() & Segment.UNUSABLE) != 0;
    // The translator takes the privilege level from SS; a null SS carries it in its DPL.
    int attributes = unusable ? (segment.selector() & 3) << 5 : segment.attributes() & 0xf0ff;
    // The translator checks I/O permissions only in a TSS that it believes to be available.
    int kept = register == SegmentRegister.TR ? ~TSS_BUSY : ~0;
    context.set(I, slot + 20, attributes << 8 & kept);
  }

  private long slot(SegmentRegister register) {
    int index =
        switch (register) {
          case LDTR -> 6;
          case TR -> 7;
          default -> register.ordinal();
        };
    return at.segment(index);
  }

  @Override
  public int cpl() {
    return context.get(I, at.hiddenFlags()) & HIDDEN_CPL;
  }

  @Override
  public void cpl(int level) {
    context.set(I, at.hiddenFlags(), context.get(I, at.hiddenFlags()) & ~HIDDEN_CPL | level);
  }

  /** Everything that an initial state says or implies; FPU, debug registers and MSRs stay. */
  void apply(InitialState initial) {
    long[] general = initial.general();
    for (int i = 0; i < 16; i++) {
      context.set(L, at.general() + 8L * i, i < general.length ? general[i] : 0);
    }
    set(Register.RIP, initial.rip());
    set(Register.RFLAGS, initial.rflags());
    set(Register.CR0, initial.cr0());
    set(Register.CR2, 0);
    set(Register.CR3, initial.cr3());
    set(Register.CR4, initial.cr4());
    boolean active = (initial.efer() & EFER_LME) != 0 && (initial.cr0() & CR0_PG) != 0;
    set(Register.EFER, active ? initial.efer() | EFER_LMA : initial.efer() & ~EFER_LMA);
    set(Register.GDTR_BASE, 0);
    set(Register.GDTR_LIMIT, 0xffff);
    set(Register.IDTR_BASE, 0);
    set(Register.IDTR_LIMIT, 0xffff);
    segment(SegmentRegister.CS, initial.cs());
    segment(SegmentRegister.DS, initial.ds());
    segment(SegmentRegister.ES, initial.es());
    segment(SegmentRegister.SS, initial.ss());
    segment(SegmentRegister.FS, FLAT_DATA);
    segment(SegmentRegister.GS, FLAT_DATA);
    segment(SegmentRegister.TR, initial.tr());
    segment(SegmentRegister.LDTR, Segment.nullSegment(0));
    cpl(0);
  }

  private int hiddenFlags() {
    long cr0 = get(Register.CR0);
    int kept =
        ~(HIDDEN_CS32
            | HIDDEN_SS32
            | HIDDEN_BASED
            | HIDDEN_PE
            | HIDDEN_MP_EM_TS
            | HIDDEN_LMA
            | HIDDEN_CS64
            | HIDDEN_OSFXSR
            | HIDDEN_SHADOW);
    int flags = context.get(I, at.hiddenFlags()) & kept;
    flags |= (cr0 & CR0_PE) != 0 ? HIDDEN_PE : 0;
    flags |= (int) cr0 << HIDDEN_MP_EM_TS_SHIFT & HIDDEN_MP_EM_TS;
    flags |= (get(Register.CR4) & CR4_OSFXSR) != 0 ? HIDDEN_OSFXSR : 0;
    boolean lma = (get(Register.EFER) & EFER_LMA) != 0;
    flags |= lma ? HIDDEN_LMA : 0;
    if (lma && attribute(CS, 1 << 21)) {
      return flags | HIDDEN_CS64 | HIDDEN_CS32 | HIDDEN_SS32;
    }
    flags |= attribute(CS, 1 << 22) ? HIDDEN_CS32 : 0;
    flags |= attribute(SS, 1 << 22) ? HIDDEN_SS32 : 0;
    boolean based = (flags & HIDDEN_CS32) == 0 || (base(DS) | base(ES) | base(SS)) != 0;
    return flags | (based ? HIDDEN_BASED : 0);
  }

  private boolean attribute(int index, int bit) {
    return (context.get(I, at.segment(index) + 20L) & bit) != 0;
  }

  private long base(int index) {
    return context.get(L, at.segment(index) + 8L);
  }

  @Override
  public void close() {
    if (copied) {
      Uc.freeContext(context.address());
    }
  }
}
