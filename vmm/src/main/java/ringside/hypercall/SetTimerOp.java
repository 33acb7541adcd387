package ringside.hypercall;

import ringside.abi.Width;

/**
 * set_timer_op (15): the one-shot timer of the calling vCPU, absolute system time in nanoseconds; 0
 * cancels. A 32-bit caller passes the lower half in the first argument, the upper in the second.
 */
final class SetTimerOp implements Hypercall {
  @Override
  public long call(HypercallArgs args) {
    long deadline = args.width() == Width.W64 ? args.a1() : args.a1() | args.a2() << 32;
    args.vcpu().timers().oneShot(deadline, args.cause());
    return 0;
  }
}
