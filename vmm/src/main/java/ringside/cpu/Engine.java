package ringside.cpu;

import ringside.memory.GuestSpace;

/**
 * A way to run x86-64 code. One engine serves a whole machine; each vCPU gets a {@link Cpu} of it.
 * Nothing outside {@code ringside.cpu} and the composition root knows which engine is in use.
 */
public interface Engine extends AutoCloseable {
  /** Name as {@code --engine} takes it. */
  String name();

  /** Name and version of what does the work, for reports. */
  String version();

  /** How many host threads may run vCPUs of one machine at once. */
  int maximumPcpus();

  /**
   * Ticks of {@link Cpu#ticks} in a microsecond of guest time. A tick is whatever the engine counts
   * exactly: bytes of executed code, or instructions.
   */
  long ticksPerMicrosecond();

  /**
   * A vCPU on the given space, in the state of {@link InitialState}, not running.
   *
   * @param platform answers what leaves the processor; called on the thread that runs the vCPU
   */
  Cpu newCpu(GuestSpace space, Platform platform, InitialState state);

  /**
   * The 32 bytes of hypercall-page stub {@code number}: code that a guest calls in 32- or 64-bit
   * mode, that loads the number into EAX, leaves to {@link Platform#hypercall} and returns.
   */
  byte[] hypercallStub(int number);

  @Override
  void close();
}
