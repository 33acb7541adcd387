package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_multicall;

import ringside.abi.gen.MulticallEntry;
import ringside.domain.Continuation;
import ringside.memory.GuestFault;

/**
 * multicall (13): a list of hypercalls in one. Each entry's result goes into the entry. Stops at
 * the first entry that cannot be read or written.
 *
 * <p>Preemptible: after {@link #BATCH} entries the rest is left as a continuation; so is the rest
 * behind an entry that is itself unfinished.
 */
final class Multicall implements Hypercall {
  private static final int BATCH = 64;

  private final HypercallTable table;

  Multicall(HypercallTable table) {
    this.table = table;
  }

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    long count = args.a2() & 0xffff_ffffL;
    return new Progress(args, count).resume();
  }

  /**
   * How far one multicall has come; the continuation of itself. The entry that is under way, if it
   * is unfinished, keeps its own continuation in {@link #inner}.
   */
  private final class Progress implements Continuation {
    private final HypercallArgs args;
    private final long count;
    private long next;
    private MulticallEntry entry;
    private Continuation inner;

    Progress(HypercallArgs args, long count) {
      this.args = args;
      this.count = count;
    }

    @Override
    public long resume() {
      try {
        for (int i = 0; i < BATCH && next < count; i++) {
          long result = inner == null ? begin() : inner.resume();
          if (result == UNFINISHED) {
            keepInner();
            return UNFINISHED;
          }
          inner = null;
          entry.result(result);
          args.write(address(), entry.bytes());
          next++;
        }
      } catch (GuestFault e) {
        return -EFAULT;
      }
      if (next == count) {
        return 0;
      }
      args.vcpu().continuation(this);
      return UNFINISHED;
    }

    private long address() {
      return args.a1() + next * MulticallEntry.size(args.width());
    }

    private long begin() throws GuestFault {
      byte[] bytes = args.read(address(), MulticallEntry.size(args.width()));
      entry = MulticallEntry.of(bytes, args.width());
      HypercallArgs call =
          new HypercallArgs(
              args.vcpu(),
              (int) entry.op(),
              args.width(),
              entry.args(0),
              entry.args(1),
              entry.args(2),
              entry.args(3),
              entry.args(4),
              args.cause());
      return call.number() == __HYPERVISOR_multicall ? -EINVAL : table.call(call);
    }

    /** The entry left (or replaced) its continuation on the vCPU; ours takes its place there. */
    private void keepInner() {
      Continuation left = args.vcpu().continuation();
      if (left != this) {
        inner = left;
        args.vcpu().continuation(this);
      }
    }
  }
}
