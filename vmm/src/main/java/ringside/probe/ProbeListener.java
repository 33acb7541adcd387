package ringside.probe;

import ringside.domain.Domain;
import ringside.domain.Vcpu;

/** Somebody who wants to know when guests reach certain probes. On the machine's thread. */
public interface ProbeListener {
  /** Asked once for each name when the domain is built; what nobody wants costs nothing. */
  boolean wants(Domain domain, String probe);

  /**
   * A vCPU is about to execute the nop; its registers may be read.
   *
   * @param arguments zero-extended from their size; what lies in memory that cannot be read is 0
   * @return true when the vCPU must not go on there: it was stopped, or its RIP was changed
   */
  boolean reached(Vcpu vcpu, ProbeSite site, long[] arguments);
}
