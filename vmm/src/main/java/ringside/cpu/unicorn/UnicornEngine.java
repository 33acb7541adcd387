package ringside.cpu.unicorn;

import ringside.cpu.Cpu;
import ringside.cpu.Engine;
import ringside.cpu.HypercallStub;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.memory.GuestSpace;

/**
 * The engine on libunicorn 2.1. A tick is a byte of executed code, repeated string instructions
 * counting once an iteration.
 *
 * <p>Does not run vCPUs that share memory on two host threads: its LOCK prefixes are not atomic
 * between two processors. The library's public registers cannot change the privilege level or leave
 * long mode; exceptions are therefore delivered by rewriting its saved context, whose layout is
 * probed at the start, and single-stepping is its own. Does not raise #XM, nor run task gates or
 * virtual-8086 mode; debug registers keep breakpoints that are never met.
 */
public final class UnicornEngine implements Engine {
  /** Taken as a processor of 1 GHz that executes one instruction, 4 bytes of code, a nanosecond. */
  private static final long TICKS_PER_MICROSECOND = 4_000;

  private final UnicornLibrary library;
  private final StateLayout layout;

  /**
   * Loads the library.
   *
   * @throws UnicornUnavailable when there is none that fits
   */
  public UnicornEngine() throws UnicornUnavailable {
    this(UnicornLibrary.require(), StateLayout.probe());
  }

  UnicornEngine(UnicornLibrary library, StateLayout layout) {
    this.library = library;
    this.layout = layout;
  }

  @Override
  public String name() {
    return "unicorn";
  }

  @Override
  public String version() {
    return "libunicorn " + library.version() + " (" + library.where() + ")";
  }

  @Override
  public int maximumPcpus() {
    return 1;
  }

  @Override
  public long ticksPerMicrosecond() {
    return TICKS_PER_MICROSECOND;
  }

  @Override
  public Cpu newCpu(GuestSpace space, Platform platform, InitialState state) {
    return new UnicornCpu(layout, space, platform, state);
  }

  @Override
  public byte[] hypercallStub(int number) {
    return HypercallStub.code(number);
  }

  /** Nothing: each Cpu holds its own; the library stays loaded. */
  @Override
  public void close() {}
}
