package ringside.cpu;

/**
 * The board around one vCPU: what the processor asks for while it runs. All calls come from inside
 * {@link Cpu#run} (or {@link Cpu#interrupt}), on its thread.
 */
public interface Platform {
  /**
   * All processors that share this one's memory run on one thread, by turns: ever the same answer.
   */
  default boolean oneThread() {
    return false;
  }

  /**
   * The guest called the hypercall page. Arguments are in the registers of the calling mode, the
   * result goes to RAX through {@link Cpu#set}. Whoever wants to block or to stop the vCPU calls
   * {@link Cpu#requestExit}.
   *
   * @param number as in EAX; any value
   */
  void hypercall(Cpu cpu, int number);

  /**
   * IN.
   *
   * @param size 1, 2 or 4 bytes
   */
  long portRead(Cpu cpu, int port, int size);

  /** OUT; {@code value} is zero-extended. */
  void portWrite(Cpu cpu, int port, int size, long value);

  /**
   * A read of guest-physical memory that is not backed by a frame.
   *
   * @param size 1, 2, 4 or 8 bytes; an engine may split 8 into two of 4, low half first
   */
  long mmioRead(Cpu cpu, long gpa, int size);

  void mmioWrite(Cpu cpu, long gpa, int size, long value);

  /** CPUID for EAX = leaf, ECX = subleaf. */
  Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf);

  long msrRead(Cpu cpu, int index) throws GeneralProtection;

  void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection;

  /** What RDTSC gives. */
  long timestamp(Cpu cpu);

  /**
   * The vCPU has come to an instruction that {@link Cpu#watch} names, and has not executed it.
   * Registers may be read and, when the answer is true, RIP changed.
   *
   * @param address of the instruction, linear
   * @return true to leave {@link Cpu#run} with {@link Exit#REQUESTED} before it
   */
  boolean probe(Cpu cpu, long address);

  /** An exception is about to be delivered to the guest. For tracing and reports only. */
  void exceptionRaised(Cpu cpu, GuestException exception);
}
