package ringside.domain;

import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import ringside.memory.Copies;

/**
 * How many pCPUs a machine has, and what it takes from the host for more than one. The hypervisor
 * itself has no threads and no clock of the host.
 *
 * @param pcpus at least 1, and at most what the engine can ({@link
 *     ringside.cpu.Engine#maximumPcpus})
 * @param hostNs the host's monotonic clock, in ns; asked only with more than one pCPU
 * @param threads makes the threads that they are, for each {@link Machine#run} anew
 * @param copies pCPUs that rest, or wait for the core lock, lend a hand with these
 */
public record Parallelism(int pcpus, LongSupplier hostNs, ThreadFactory threads, Copies copies) {
  /** One pCPU, on the thread of whoever runs the machine, in virtual time. */
  public static final Parallelism NONE =
      new Parallelism(
          1,
          () -> 0,
          body -> {
            throw new IllegalStateException("one pCPU needs no thread");
          },
          new Copies(false));

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when there is no pCPU
   */
  public Parallelism {
    if (pcpus < 1) {
      throw new IllegalArgumentException(pcpus + " pCPUs");
    }
  }
}
