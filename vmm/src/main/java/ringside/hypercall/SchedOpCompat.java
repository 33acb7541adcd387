package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.SchedAbi.SCHEDOP_block;
import static ringside.abi.gen.SchedAbi.SCHEDOP_shutdown;
import static ringside.abi.gen.SchedAbi.SCHEDOP_yield;

/** sched_op_compat (6): what sched_op was before Xen 3.1; the reason is a value, not a pointer. */
final class SchedOpCompat implements Hypercall {
  @Override
  public long call(HypercallArgs args) {
    return switch (args.cmd()) {
      case SCHEDOP_yield -> SchedOp.yieldCpu(args);
      case SCHEDOP_block -> SchedOp.block(args);
      case SCHEDOP_shutdown -> SchedOp.shutdown(args, args.a2());
      default -> -ENOSYS;
    };
  }
}
