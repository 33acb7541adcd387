package ringside.cpu.jvm;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import ringside.cpu.Engine;
import ringside.cpu.HypercallStub;
import ringside.cpu.InitialState;
import ringside.cpu.Platform;
import ringside.cpu.jvm.memory.DomainMemories;
import ringside.cpu.jvm.translate.Translations;
import ringside.memory.GuestSpace;

/**
 * The engine of our own: an interpreter, and for hot code a translator to JVM bytecode. Needs
 * nothing but Java. A tick is a byte of executed code, repeated string instructions counting once
 * an iteration.
 */
public final class JvmEngine implements Engine {
  /** Taken as a processor of 1 GHz that executes one instruction, 4 bytes of code, a nanosecond. */
  private static final long TICKS_PER_MICROSECOND = 4_000;

  private static final int MAXIMUM_PCPUS = 64;

  /** Executions of a block after which it is translated at once. */
  private static final int SOON = 100;

  private final DomainMemories memories = new DomainMemories();

  private final Translations translations;

  /** Translates hot code at once, on the thread that runs it, and takes less for hot: for tests. */
  public JvmEngine() {
    this(Runnable::run, SOON);
  }

  /**
   * @param translator where hot code is translated: threads in the background, or nowhere; what
   *     guests see does not depend on it
   */
  public JvmEngine(Executor translator) {
    this(translator, () -> 0);
  }

  /**
   * @param hostNs the host's time, by which translations of the same code are compared
   */
  public JvmEngine(Executor translator, LongSupplier hostNs) {
    this.translations = new Translations(translator, hostNs);
  }

  /**
   * @param hot executions of a block after which it is translated, at least 1
   */
  public JvmEngine(Executor translator, int hot) {
    this(translator, hot, 1, () -> 0);
  }

  /**
   * @param haste after a so much smaller number of ways out of it a region is made anew, at least
   *     1: for tests
   */
  public JvmEngine(Executor translator, int hot, int haste, LongSupplier hostNs) {
    this.translations = new Translations(translator, hot, haste, hostNs);
  }

  /** What was translated so far. */
  public Translations translations() {
    return translations;
  }

  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public String version() {
    return "x86-64 to JVM bytecode, on Java " + Runtime.version().feature();
  }

  @Override
  public int maximumPcpus() {
    return MAXIMUM_PCPUS;
  }

  @Override
  public long ticksPerMicrosecond() {
    return TICKS_PER_MICROSECOND;
  }

  @Override
  public LoggedCpu newCpu(GuestSpace space, Platform platform, InitialState state) {
    return new JvmCpu(space, memories.of(space), platform, state, translations);
  }

  @Override
  public byte[] hypercallStub(int number) {
    return HypercallStub.code(number);
  }

  @Override
  public void close() {}
}
