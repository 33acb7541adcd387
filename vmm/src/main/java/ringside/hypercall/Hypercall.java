package ringside.hypercall;

import ringside.memory.GuestFault;

/**
 * One hypercall's handler. There is one class per hypercall and one line in {@link HypercallTable}.
 *
 * <p>Results are as in Xen: 0 or a positive value, or a negated errno. An argument structure is
 * copied in once, through {@link HypercallArgs#read}, and validated afterwards; what the guest
 * changes meanwhile has no effect. A bad pointer surfaces as {@link GuestFault} and becomes
 * -EFAULT.
 */
@FunctionalInterface
public interface Hypercall {
  /**
   * Result of a call that is not finished: it left a {@link ringside.domain.Continuation} on the
   * vCPU, which will deliver the result later. No errno and no legal result has this value.
   */
  long UNFINISHED = Long.MIN_VALUE;

  long call(HypercallArgs args) throws GuestFault;
}
