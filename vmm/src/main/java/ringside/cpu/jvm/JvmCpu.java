package ringside.cpu.jvm;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;
import ringside.cpu.Cpu;
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
import ringside.memory.GuestSpace;

/**
 * One processor of our own: finds the block at RIP, runs it, delivers what it raised.
 *
 * <p>Invariant: whatever tier runs the code, the same instructions are executed, the same ticks
 * counted, and runs end at the same instruction.
 */
final class JvmCpu implements Cpu {
  private final Core core;
  private final JvmState state;
  private final DomainMemory memory;
  private final CodeCache code;
  private final Interpreter interpreter;
  private final InterruptDelivery delivery;
  private boolean windowAwaited;

  JvmCpu(GuestSpace space, DomainMemory memory, Platform platform, InitialState initial) {
    this.memory = memory;
    this.core = new Core(space, platform, this, c -> new Mmu(c, memory));
    this.state = new JvmState(core);
    this.code = new CodeCache(core, memory);
    this.interpreter = new Interpreter(core, platform);
    this.delivery = new InterruptDelivery(state, space, platform, this);
    reset(initial);
  }

  @Override
  public Exit run(long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("a budget of " + budget + " ticks");
    }
    core.ticksEnd = core.ticks + budget;
    core.halted = false;
    while (core.ticks < core.ticksEnd) {
      if (core.exitRequested || windowAwaited && interruptible()) {
        core.exitRequested = false;
        return Exit.REQUESTED;
      }
      Exit exit = step();
      if (exit != null) {
        return exit;
      }
    }
    return Exit.BUDGET_SPENT;
  }

  /** One block, or what has to be done in its place; null when the run goes on. */
  private Exit step() {
    try {
      Block block = code.find();
      if (block.watched && core.platform.probe(this, block.insns[0] == null ? 0 : linearRip())) {
        return Exit.REQUESTED;
      }
      interpreter.run(block, windowAwaited && core.shadow);
      return core.halted ? Exit.HALTED : null;
    } catch (CpuFault fault) {
      return raise(fault);
    }
  }

  private long linearRip() {
    long linear = core.segmentBase[1] + core.rip;
    return core.long64() ? linear : linear & 0xffff_ffffL;
  }

  /**
   * Delivers an exception of the instruction at RIP. Each costs a tick, so that none is endless.
   */
  private Exit raise(CpuFault fault) {
    core.executing = false;
    core.shadow = false;
    core.ticks++;
    long pushed = fault.software() ? core.next : core.rip;
    GuestException event =
        new GuestException(fault.vector(), fault.errorCode(), pushed, fault.address());
    Source source = fault.software() ? Source.SOFTWARE : Source.EXCEPTION;
    return delivery.deliver(event, source).orElse(null);
  }

  @Override
  public long ticks() {
    return core.ticks;
  }

  @Override
  public void requestExit() {
    core.exitRequested = true;
  }

  @Override
  public boolean interruptible() {
    return (core.flags & Flags.IF) != 0 && !core.shadow;
  }

  @Override
  public void interruptWindow(boolean awaited) {
    windowAwaited = awaited;
  }

  @Override
  public Optional<Exit> interrupt(int vector) {
    core.shadow = false;
    GuestException event = new GuestException(vector, -1, core.rip, 0);
    return delivery.deliver(event, Source.EXTERNAL).map(e -> e);
  }

  @Override
  public long get(Register register) {
    return state.get(register);
  }

  @Override
  public void set(Register register, long value) {
    state.set(register, value);
  }

  @Override
  public Segment segment(SegmentRegister register) {
    return state.segment(register);
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
  public void reset(InitialState initial) {
    Reset.apply(core, state, initial);
    code.flush();
  }

  @Override
  public void watch(ImmutableLongArray addresses) {
    code.watch(addresses);
  }

  @Override
  public void flush() {
    code.flush();
    core.mmu.flush();
  }

  @Override
  public void close() {
    code.close();
    core.mmu.close();
    memory.close();
  }
}
