package ringside.cpu.unicorn;

import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import ringside.cpu.Cpu;
import ringside.cpu.Exit;
import ringside.cpu.GuestException;
import ringside.cpu.InitialState;
import ringside.cpu.InterruptDelivery.Source;
import ringside.cpu.Platform;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.memory.GuestSpace;

/**
 * One processor of libunicorn.
 *
 * <p>Invariant: between two stays in libunicorn its mappings, hooks and registers are those of an
 * instruction boundary; what a callback cannot change while libunicorn is inside a block (hooks,
 * mappings) is changed there.
 *
 * <p>Does not: raise unmasked SSE exceptions (#XM), task gates, virtual-8086 mode, breakpoints of
 * the debug registers; see code changed by another vCPU before {@link #flush}; run LOCK atomically
 * between vCPUs on two threads. In the #GP of a store to a read-only frame the arithmetic flags may
 * be older ones. A callback sees an RIP somewhere in the present block, and {@link #ticks} of the
 * blocks before it. After {@link #requestExit} the present block is finished.
 */
final class UnicornCpu implements Cpu {
  /** A value that RIP never has: not canonical, and beyond every 32-bit address. */
  static final long NEVER = 0x7fff_0000_0000_0000L;

  private static final long RFLAGS_IF = 1L << 9;
  private static final int MSR_EFER = 0xc000_0080;
  private static final int MSR_KERNEL_GS_BASE = 0xc000_0102;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;

  private final long uc;
  private final Arena arena = Arena.ofShared();
  private final Callbacks callbacks = new Callbacks();
  private final MemorySegment buffer = arena.allocate(64, 8);
  private final long bufferAddress = buffer.address();
  private final BudgetHook budget = new BudgetHook(arena);
  private final RunControl control;
  private final SavedState state;
  private final SavedState reset;

  /** For questions from outside, which may come while {@link #state} is being changed. */
  private final SavedState view;

  private final Traps traps;
  private final boolean live;
  private long ticksBefore;
  private long granted;
  private boolean flushWaiting;
  private boolean windowAwaited;

  UnicornCpu(StateLayout layout, GuestSpace space, Platform platform, InitialState initial) {
    this.uc = Uc.open();
    this.control = new RunControl(uc, budget);
    this.live = layout.live();
    long pointer = ScratchBlock.run(uc);
    this.state = SavedState.live(uc, layout, buffer, pointer);
    this.view = SavedState.live(uc, layout, buffer, pointer);
    this.reset = SavedState.copy(uc, layout, buffer);
    reset.load();
    this.traps = new Traps(this, uc, space, platform, state, budget, control, callbacks);
    reset.apply(initial);
    reset.store();
  }

  @Override
  public Exit run(long ticks) {
    if (ticks < 1) {
      throw new IllegalArgumentException("a budget of " + ticks + " ticks");
    }
    return windowAwaited && !live ? runLooking(ticks) : runAtOnce(ticks);
  }

  /** Looks before each block whether an interrupt may be taken. */
  private Exit runLooking(long ticks) {
    long end = ticks() + ticks;
    while (ticks() < end) {
      if (interruptible()) {
        return Exit.REQUESTED;
      }
      Exit exit = runAtOnce(1);
      if (exit != Exit.BUDGET_SPENT) {
        return exit;
      }
    }
    return Exit.BUDGET_SPENT;
  }

  private Exit runAtOnce(long ticks) {
    granted = ticks;
    budget.grant(ticks);
    try {
      Exit exit;
      do {
        exit = stay();
      } while (exit == null);
      return exit;
    } finally {
      ticksBefore += granted - budget.left();
      granted = 0;
      budget.grant(0);
    }
  }

  /** One stay in libunicorn; null when the processor just goes on. */
  private Exit stay() {
    traps.entering();
    control.entering();
    int error = Uc.start(uc, get(Register.RIP));
    control.left();
    if (budget.stopped()) {
      state.load();
      set(Register.RIP, budget.next() - state.segment(SegmentRegister.CS).base());
    }
    boolean opened = budget.takeOpened();
    boolean spent = budget.release() && !opened;
    traps.left();
    if (flushWaiting) {
      flush();
    }
    control.throwFailure();
    if (traps.writeRefused()) {
      traps.deliverRefusedWrite();
      error = UcError.OK;
    } else if (error == UcError.FETCH_UNMAPPED) {
      traps.deliver(GuestException.UD, -1, Source.EXCEPTION);
      error = UcError.OK;
    }
    budget.settle();
    Exit ending = control.takeEnding();
    if (ending != null) {
      return ending;
    }
    if (error != UcError.OK) {
      return new Exit.EngineFailure(
          UcError.name(error) + " at rip 0x" + Long.toHexString(get(Register.RIP)));
    }
    boolean requested = control.takeRequest() || opened;
    if (get(Register.RIP) == traps.haltRip()) {
      return Exit.HALTED;
    }
    if (requested) {
      return Exit.REQUESTED;
    }
    return spent ? Exit.BUDGET_SPENT : null;
  }

  @Override
  public long ticks() {
    return ticksBefore + granted - budget.left() - budget.size();
  }

  @Override
  public void requestExit() {
    control.request();
  }

  @Override
  public boolean interruptible() {
    if ((get(Register.RFLAGS) & RFLAGS_IF) == 0) {
      return false;
    }
    view.load();
    return !view.interruptShadow();
  }

  @Override
  public void interruptWindow(boolean awaited) {
    windowAwaited = awaited;
    budget.awaitWindow(awaited && live ? view.flagsAddress() : 0);
  }

  @Override
  public Optional<Exit> interrupt(int vector) {
    traps.deliver(vector, -1, Source.EXTERNAL);
    return Optional.ofNullable(control.takeEnding());
  }

  @Override
  public long get(Register register) {
    if (live && SavedState.holds(register)) {
      return view.get(register);
    }
    int number = UcRegisters.number(register);
    if (number != UcRegisters.NONE) {
      buffer.set(L, 0, 0);
      Uc.readRegister(uc, number, bufferAddress);
      return buffer.get(L, 0);
    }
    return switch (register) {
      case CR8 -> 0; // libunicorn has no local APIC, so no task priority either
      case EFER -> readMsr(MSR_EFER);
      case KERNEL_GS_BASE -> readMsr(MSR_KERNEL_GS_BASE);
      case GDTR_BASE -> readTable(Uc.REG_GDTR, 8);
      case GDTR_LIMIT -> readTable(Uc.REG_GDTR, 16) & 0xffff_ffffL;
      case IDTR_BASE -> readTable(Uc.REG_IDTR, 8);
      case IDTR_LIMIT -> readTable(Uc.REG_IDTR, 16) & 0xffff_ffffL;
      default -> throw new AssertionError(register);
    };
  }

  @Override
  public void set(Register register, long value) {
    switch (register) {
      case CR0, CR2, CR3, CR4, EFER, GDTR_BASE, GDTR_LIMIT, IDTR_BASE, IDTR_LIMIT -> {
        view.load();
        view.set(register, value);
        view.store();
      }
      case KERNEL_GS_BASE -> writeMsr(MSR_KERNEL_GS_BASE, value);
      case CR8 -> throw new IllegalArgumentException("libunicorn has no task priority");
      default -> {
        if (live && SavedState.general(register)) {
          view.set(register, value);
          return;
        }
        buffer.set(L, 0, value);
        Uc.writeRegister(uc, UcRegisters.number(register), bufferAddress);
      }
    }
  }

  long readMsr(int index) {
    buffer.set(L, 0, index & 0xffff_ffffL);
    Uc.readRegister(uc, Uc.REG_MSR, bufferAddress);
    return buffer.get(L, 8);
  }

  private void writeMsr(int index, long value) {
    buffer.set(L, 0, index & 0xffff_ffffL);
    buffer.set(L, 8, value);
    Uc.writeRegister(uc, Uc.REG_MSR, bufferAddress);
  }

  private long readTable(int register, int offset) {
    Uc.readRegister(uc, register, bufferAddress);
    return buffer.get(L, offset);
  }

  @Override
  public Segment segment(SegmentRegister register) {
    view.load();
    return view.segment(register);
  }

  @Override
  public int cpl() {
    if (live) {
      return view.cpl();
    }
    buffer.set(L, 0, 0);
    Uc.readRegister(uc, UcRegisters.CS, bufferAddress);
    return (int) buffer.get(L, 0) & 3;
  }

  @Override
  public boolean longMode() {
    view.load();
    return view.longMode();
  }

  @Override
  public void vectors(long[] into) {
    for (int i = 0; i < UcRegisters.VECTORS; i++) {
      Uc.readRegister(uc, UcRegisters.XMM0 + i, bufferAddress);
      into[2 * i] = buffer.get(L, 0);
      into[2 * i + 1] = buffer.get(L, 8);
    }
  }

  @Override
  public void reset(InitialState initial) {
    reset.apply(initial);
    reset.store();
    buffer.fill((byte) 0);
    for (int i = 0; i < UcRegisters.VECTORS; i++) {
      Uc.writeRegister(uc, UcRegisters.XMM0 + i, bufferAddress);
    }
    flush();
  }

  @Override
  public void watch(ImmutableLongArray addresses) {
    traps.watch(addresses);
  }

  /** During a stay in libunicorn its code buffer is in use: the flush waits for the block's end. */
  @Override
  public void flush() {
    if (control.inside()) {
      flushWaiting = true;
      control.interrupt();
      return;
    }
    flushWaiting = false;
    traps.flush();
  }

  @Override
  public void close() {
    traps.map().close();
    state.close();
    reset.close();
    view.close();
    Uc.close(uc);
    callbacks.close();
    arena.close();
  }
}
