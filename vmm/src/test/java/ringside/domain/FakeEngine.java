package ringside.domain;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import ringside.cpu.Cpu;
import ringside.cpu.Engine;
import ringside.cpu.Exit;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.cpu.Register;
import ringside.cpu.Segment;
import ringside.cpu.SegmentRegister;
import ringside.memory.GuestSpace;

/**
 * An engine without a processor: "guest code" is a Java lambda per run, one tick is a nanosecond.
 * Paging is off, so linear addresses are guest-physical ones below 4 GiB.
 */
public final class FakeEngine implements Engine {
  /** What a guest does in one run. */
  public interface Program {
    Exit run(FakeCpu cpu, long budget);
  }

  private Program program =
      (cpu, budget) -> {
        cpu.spend(budget);
        return Exit.BUDGET_SPENT;
      };

  public void program(Program value) {
    program = value;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String version() {
    return "for tests";
  }

  @Override
  public int maximumPcpus() {
    return 64;
  }

  @Override
  public long ticksPerMicrosecond() {
    return 1000;
  }

  @Override
  public Cpu newCpu(GuestSpace space, Platform platform, InitialState state) {
    FakeCpu cpu = new FakeCpu(this, platform);
    cpu.reset(state);
    return cpu;
  }

  @Override
  public byte[] hypercallStub(int number) {
    return new byte[] {(byte) 0xc3};
  }

  @Override
  public void close() {}

  /** Registers, and nothing that would use them. */
  public static final class FakeCpu implements Cpu {
    private final FakeEngine engine;
    private final AtomicBoolean touched = new AtomicBoolean();
    private final Platform platform;
    private final Map<Register, Long> registers = new EnumMap<>(Register.class);
    private long ticks;
    private boolean longMode;
    private volatile boolean exitRequested;
    private boolean closed;
    private int flushes;
    private Program own;

    private FakeCpu(FakeEngine engine, Platform platform) {
      this.engine = engine;
      this.platform = platform;
    }

    public Platform platform() {
      return platform;
    }

    public void spend(long count) {
      ticks += count;
    }

    public boolean exitRequested() {
      return exitRequested;
    }

    /** A hypercall as a 64-bit guest makes it; returns RAX. */
    public long hypercall(int number, long... args) {
      Register[] order = {Register.RDI, Register.RSI, Register.RDX, Register.R10, Register.R8};
      for (int i = 0; i < args.length; i++) {
        set(order[i], args[i]);
      }
      platform.hypercall(this, number);
      return get(Register.RAX);
    }

    public void longMode(boolean value) {
      longMode = value;
    }

    /** What this one does, whatever the others do. */
    public void program(Program value) {
      own = value;
    }

    /** One thread at a time, and none when it is closed: else the core has failed. */
    @Override
    public Exit run(long budget) {
      if (closed || !touched.compareAndSet(false, true)) {
        throw new IllegalStateException("run of a vCPU that is closed or running");
      }
      try {
        if (exitRequested) {
          return Exit.REQUESTED;
        }
        return (own == null ? engine.program : own).run(this, budget);
      } finally {
        exitRequested = false;
        touched.set(false);
      }
    }

    @Override
    public long ticks() {
      return ticks;
    }

    @Override
    public void requestExit() {
      exitRequested = true;
    }

    @Override
    public boolean interruptible() {
      return (get(Register.RFLAGS) & 0x200) != 0;
    }

    /** Nothing: a lambda is one instruction. */
    @Override
    public void interruptWindow(boolean awaited) {}

    /** Nothing: a lambda reaches no address. */
    @Override
    public void watch(ImmutableLongArray addresses) {}

    @Override
    public Optional<Exit> interrupt(int vector) {
      set(Register.CR8, vector); // where tests look which vector came
      return Optional.empty();
    }

    @Override
    public long get(Register register) {
      return registers.getOrDefault(register, 0L);
    }

    @Override
    public void set(Register register, long value) {
      registers.put(register, value);
    }

    @Override
    public Segment segment(SegmentRegister register) {
      return new Segment(0, 0, 0xffff_ffffL, Segment.CODE_64);
    }

    @Override
    public int cpl() {
      return 0;
    }

    @Override
    public void vectors(long[] into) {
      Arrays.fill(into, 0);
    }

    @Override
    public boolean longMode() {
      return longMode;
    }

    @Override
    public void reset(InitialState state) {
      longMode = true;
      set(Register.RFLAGS, state.rflags());
      set(Register.RIP, state.rip());
    }

    @Override
    public void flush() {
      flushes++;
    }

    public int flushes() {
      return flushes;
    }

    @Override
    public void close() {
      if (!touched.compareAndSet(false, true)) {
        throw new IllegalStateException("a vCPU is closed while it runs");
      }
      closed = true;
    }
  }
}
