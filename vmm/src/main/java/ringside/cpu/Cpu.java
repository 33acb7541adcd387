package ringside.cpu;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;

/**
 * One vCPU's processor: the whole seam between the hypervisor and a CPU engine.
 *
 * <p>Invariant: outside {@link #run}, and inside every {@link Platform} callback, the registers are
 * those of an instruction boundary (for a callback: the instruction that caused it is done, apart
 * from the result that the callback delivers), and {@link #ticks} counts exactly what was executed.
 * The same state, memory, budgets and callbacks give the same execution, always.
 *
 * <p>Not thread-safe: a Cpu is touched by one thread at a time, but for {@link #requestExit}. With
 * several pCPUs these threads change, and each sees what the one before it did: the caller orders
 * them by a lock. While {@link #run} executes guest code it holds no lock of the hypervisor's;
 * other threads may change the guest's memory and its p2m meanwhile.
 */
public interface Cpu extends RegisterFile, AutoCloseable {
  /**
   * Runs until the budget is spent or something ends the run. Exceptions of the guest are delivered
   * through its IDT inside.
   *
   * @param budget ticks to run, at least 1; the engine may overrun by one basic block, and counts
   *     it
   */
  Exit run(long budget);

  /** Ticks executed since creation. Never falls. */
  long ticks();

  /**
   * Asks the engine to leave {@link #run} with {@link Exit#REQUESTED}, or for another reason that
   * comes first: from a callback at the next instruction boundary; from another thread, which only
   * an engine with {@link Engine#maximumPcpus} above 1 must stand, at an instruction boundary soon
   * after: some microseconds in code that touches memory, a tenth of a millisecond or so in loops
   * that do nothing but calculate. A request that comes just before run ends that run at its
   * beginning: it is forgotten when run returns, not when it begins.
   */
  void requestExit();

  /** True when an external interrupt would be taken now: IF set, no STI or MOV SS shadow. */
  boolean interruptible();

  /**
   * While awaited, {@link #run} returns {@link Exit#REQUESTED} before the first instruction at
   * which the vCPU is {@link #interruptible}; at once if it is already. An engine may look between
   * basic blocks only.
   */
  void interruptWindow(boolean awaited);

  /**
   * Delivers an external interrupt through the IDT now. Only when {@link #interruptible}, unless it
   * is an NMI. The vCPU leaves HLT. A failing delivery raises the exceptions that the processor
   * would raise.
   *
   * @param vector 16 to 255, or 2 for an NMI
   * @return empty when the vCPU can go on, else the exit of a triple fault
   */
  Optional<Exit> interrupt(int vector);

  void set(Register register, long value);

  /** The visible and hidden parts of a segment register. */
  Segment segment(SegmentRegister register);

  /** Current privilege level, 0 to 3. */
  int cpl();

  /** True when the current code segment is 64-bit: decides the layout of hypercall arguments. */
  boolean longMode();

  /**
   * Reads XMM0 to XMM15.
   *
   * @param into 32 places: of each register the lower half, then the upper one
   */
  void vectors(long[] into);

  /** Back to an initial state, as VCPUOP_initialise wants it. Ticks go on counting. */
  void reset(InitialState state);

  /**
   * Tells {@link Platform#probe} from now on each time before an instruction at one of these linear
   * addresses is executed. Neither ticks nor where a run is cut change by that. Once, and not
   * inside {@link #run}.
   */
  void watch(ImmutableLongArray addresses);

  /**
   * Where an access with supervisor rights leads, if the engine has it cached.
   *
   * @param linear its upper half is ignored outside long mode
   * @param write a store, else a load
   * @return guest-physical address, or -1: the page tables have to be walked
   */
  default long cached(long linear, boolean write) {
    return -1;
  }

  /** Drops cached translations of code and of addresses: another party changed this memory. */
  void flush();

  @Override
  void close();
}
