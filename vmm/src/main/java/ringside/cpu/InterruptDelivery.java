package ringside.cpu;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Exceptions and interrupts through the guest's IDT in software (Intel SDM volume 3, chapter 6):
 * 32- and 64-bit gates, IST, stack switch on a privilege change, DPL of software interrupts, error
 * codes, double and triple faults.
 *
 * <p>Invariant: a delivery that fails has changed nothing but accessed bits and bytes below the
 * stack pointer; the exception it causes is delivered in its place.
 *
 * <p>Does not: task gates, virtual-8086 mode, shadow stacks, RF in pushed flags; the IRET is the
 * guest's own instruction.
 */
public final class InterruptDelivery {
  /** Where an event comes from: decides about the DPL check, the EXT bit and the error code. */
  public enum Source {
    /** INT n, INT3, INTO: the gate's DPL is checked. */
    SOFTWARE,
    EXCEPTION,
    EXTERNAL
  }

  private static final int MAXIMUM_CHAIN = 8;

  private final ProcessorState state;
  private final Supplier<SystemMemory> memory;
  private final Platform platform;
  private final Cpu cpu;

  /**
   * @param memory asked once for each attempt at a delivery
   */
  public InterruptDelivery(
      ProcessorState state, Supplier<SystemMemory> memory, Platform platform, Cpu cpu) {
    this.state = state;
    this.memory = memory;
    this.platform = platform;
    this.cpu = cpu;
  }

  /**
   * Delivers; afterwards the registers are those at the handler's first instruction.
   *
   * <p>Before, RIP of the state is the instruction at fault, the INT, or the one to come: faults of
   * the delivery itself are reported there.
   *
   * @param event its RIP is pushed: the faulting instruction, or the one to return to
   * @return the exit of a triple fault, with the registers as they were
   */
  public Optional<Exit.TripleFault> deliver(GuestException event, Source source) {
    GuestException first = event;
    GuestException now = event;
    Source from = source;
    for (int i = 0; i < MAXIMUM_CHAIN; i++) {
      try {
        if (from == Source.EXCEPTION) {
          platform.exceptionRaised(cpu, now);
          if (now.vector() == GuestException.PF) {
            state.set(Register.CR2, now.address());
          }
        }
        new GateTransfer(state, new DescriptorTables(state, memory.get()), now, from).run();
        return Optional.empty();
      } catch (SystemMemory.Fault e) {
        GuestException next = e.exception();
        if (from == Source.EXCEPTION && now.vector() == GuestException.DF) {
          return Optional.of(
              new Exit.TripleFault(first, next + " while the double fault was delivered"));
        }
        now = from == Source.EXCEPTION ? combine(now, next) : next;
        from = Source.EXCEPTION;
      }
    }
    return Optional.of(new Exit.TripleFault(first, "exceptions in the delivery never end"));
  }

  /** Intel SDM volume 3, table 6-5: which pairs become a double fault. */
  private static GuestException combine(GuestException first, GuestException second) {
    boolean doubles =
        contributory(first.vector()) && contributory(second.vector())
            || first.vector() == GuestException.PF
                && (contributory(second.vector()) || second.vector() == GuestException.PF);
    return doubles ? new GuestException(GuestException.DF, 0, second.rip(), 0) : second;
  }

  private static boolean contributory(int vector) {
    return vector == GuestException.DE
        || vector >= GuestException.TS && vector <= GuestException.GP;
  }
}
