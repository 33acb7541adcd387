package ringside.cpu.jvm;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;
import ringside.cpu.Exit;
import ringside.cpu.GuestException;
import ringside.cpu.InitialState;
import ringside.cpu.InterruptDelivery;
import ringside.cpu.InterruptDelivery.Source;
import ringside.cpu.Platform;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.cpu.jvm.memory.DomainMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.jvm.memory.WriteLog;
import ringside.cpu.jvm.ops.SameLevel;
import ringside.cpu.jvm.translate.Tier;
import ringside.cpu.jvm.translate.Translations;
import ringside.memory.GuestSpace;

/**
 * One processor of our own: finds the block at RIP, runs it, delivers what it raised.
 *
 * <p>Invariant: whatever tier runs the code, the same instructions are executed, the same ticks
 * counted, and runs end at the same instruction.
 */
final class JvmCpu implements LoggedCpu {
  private final Core core;
  private final DomainMemory memory;
  private final CodeCache code;
  private final Tier tier;
  private final Interpreter interpreter;
  private final CarefulStep careful;
  private final InterruptDelivery delivery;
  private long ticksOfLastException = -1;

  JvmCpu(
      GuestSpace space,
      DomainMemory memory,
      Platform board,
      InitialState initial,
      Translations translations) {
    this.memory = memory;
    Callbacks platform = new Callbacks(board);
    this.core = new Core(space, platform, this, c -> new Mmu(c, memory));
    platform.of(core.mmu);
    this.code = new CodeCache(core, memory);
    this.tier = new Tier(core, code, translations);
    this.interpreter = new Interpreter(core);
    this.careful = new CarefulStep(core);
    this.delivery = new InterruptDelivery(core.state, () -> core.systemMemory, platform, this);
    reset(initial);
  }

  @Override
  public Exit run(long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("a budget of " + budget + " ticks");
    }
    long before = core.ticks;
    core.ticksEnd = before + budget;
    core.halted = false;
    core.mmu.enter();
    try {
      Exit exit = null;
      while (exit == null) {
        if (core.called != 0) {
          core.heard();
        }
        if (core.exitRequested || core.windowAwaited && interruptible()) {
          exit = Exit.REQUESTED;
        } else if (core.ticks >= core.ticksEnd) {
          exit = Exit.BUDGET_SPENT;
        } else {
          exit = step();
        }
      }
      return exit;
    } finally {
      core.exitRequested = false;
      core.mmu.leave();
      tier.ended(core.ticks - before);
    }
  }

  /** One block, or what has to be done in its place; null when the run goes on. */
  private Exit step() {
    try {
      Block block = code.find();
      if (careful.wanted(block)) {
        return carefully(block);
      }
      if (block.watched && core.platform.probe(this, core.linearRip())) {
        return Exit.REQUESTED;
      }
      boolean one = core.windowAwaited && core.shadow;
      if (one || !tier.run(block)) {
        interpreter.run(block, one);
      }
      return core.halted ? Exit.HALTED : null;
    } catch (CpuFault fault) {
      return raise(fault);
    }
  }

  /** The first instruction of a block. */
  private Exit carefully(Block block) {
    careful.check(block.insns[0]);
    if (block.watched && core.platform.probe(this, core.linearRip())) {
      return Exit.REQUESTED;
    }
    Optional<GuestException> trap = careful.run(block.insns[0]);
    if (trap.isPresent()) {
      core.halted = false;
      return deliver(trap.get(), Source.EXCEPTION);
    }
    return core.halted ? Exit.HALTED : null;
  }

  /** Delivers what the instruction at RIP raised. */
  private Exit raise(CpuFault fault) {
    core.executing = false;
    long flags = core.flags;
    if (!fault.trap() && fault.vector() != GuestException.DB) {
      core.flags |= Flags.RF; // so that a breakpoint at the instruction is not met again
    }
    GuestException event =
        new GuestException(
            fault.vector(),
            fault.errorCode(),
            fault.trap() ? core.next : core.rip,
            fault.address());
    Exit exit = deliver(event, fault.software() ? Source.SOFTWARE : Source.EXCEPTION);
    if (exit != null) {
      core.flags = flags;
    }
    return exit;
  }

  /**
   * An exception that follows another without an instruction between costs a tick: none is free.
   */
  private Exit deliver(GuestException event, Source source) {
    core.shadow = false;
    if (core.ticks == ticksOfLastException) {
      core.ticks++;
    }
    ticksOfLastException = core.ticks;
    if (event.vector() == GuestException.DB && source == Source.EXCEPTION) {
      DebugRegisters.delivering(core);
    }
    return delivery.deliver(event, source).orElse(null);
  }

  @Override
  public long ticks() {
    return core.ticks;
  }

  @Override
  public void requestExit() {
    core.exitRequested = true;
    core.call();
  }

  @Override
  public boolean interruptible() {
    return (core.flags & Flags.IF) != 0 && !core.shadow;
  }

  @Override
  public void interruptWindow(boolean awaited) {
    core.windowAwaited = awaited;
    if (awaited && core.executing && interruptible()) {
      core.exitRequested = true; // from a callback: whatever tier made it, at the next boundary
    }
  }

  @Override
  public Optional<Exit> interrupt(int vector) {
    core.shadow = false;
    if (SameLevel.interrupt(core, vector)) {
      return Optional.empty();
    }
    GuestException event = new GuestException(vector, -1, core.rip, 0);
    return delivery.deliver(event, Source.EXTERNAL).map(e -> e);
  }

  @Override
  public long get(Register register) {
    return core.state.get(register);
  }

  @Override
  public void set(Register register, long value) {
    core.state.set(register, value);
  }

  @Override
  public Segment segment(SegmentRegister register) {
    return core.state.segment(register);
  }

  @Override
  public int cpl() {
    return core.cpl;
  }

  @Override
  public boolean longMode() {
    return core.long64();
  }

  @Override
  public void vectors(long[] into) {
    System.arraycopy(core.xmm, 0, into, 0, core.xmm.length);
  }

  @Override
  public void reset(InitialState initial) {
    Reset.apply(core, initial);
    code.flush();
  }

  @Override
  public void watch(ImmutableLongArray addresses) {
    code.watch(addresses);
  }

  @Override
  public long cached(long linear, boolean write) {
    return core.mmu.cached(core.longModeActive() ? linear : linear & 0xffff_ffffL, write);
  }

  @Override
  public void flush() {
    code.flush();
    core.mmu.flush();
  }

  @Override
  public void log(WriteLog log) {
    core.mmu.log(log);
  }

  @Override
  public void logAgain(long gfn) {
    core.mmu.logAgain(gfn);
  }

  @Override
  public void close() {
    tier.close();
    code.close();
    core.mmu.close();
    memory.close();
  }
}
