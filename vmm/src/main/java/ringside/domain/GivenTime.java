package ringside.domain;

import com.google.common.primitives.ImmutableLongArray;

/**
 * Time of the machine since one began to count, as far as its host gave it: what watchdogs of
 * guests count, so that they bite who does nothing, not whom the host kept from it.
 *
 * <p>Invariant: with one pCPU this is virtual time. With several, each pCPU has had so much ({@link
 * Pcpus#hadNs}), up to a slice: whoever did not run, and had not been waiting for a time, could
 * have. It may pass much slower than the host's time, also while guests make nothing but
 * hypercalls, whose few bytes of code are all that is counted.
 */
final class GivenTime {
  private final Pcpus pcpus;
  private final ImmutableLongArray begin;

  GivenTime(Pcpus pcpus) {
    this.pcpus = pcpus;
    this.begin = pcpus.hadNs();
  }

  /** Nanoseconds; the least of all pCPUs. */
  long ns() {
    ImmutableLongArray now = pcpus.hadNs();
    long least = Long.MAX_VALUE;
    for (int id = 0; id < now.length(); id++) {
      least = Math.min(least, now.get(id) - begin.get(id));
    }
    return least;
  }
}
