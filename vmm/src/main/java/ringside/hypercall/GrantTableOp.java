package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.GrantTableAbi.*;

import ringside.abi.Abi;
import ringside.abi.gen.GnttabCopy;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.GnttabSwapGrantRef;
import ringside.abi.gen.GnttabUnmapGrantRef;
import ringside.domain.Continuation;
import ringside.memory.GuestFault;

/**
 * grant_table_op (20): (cmd, pointer, count). The call succeeds when all elements were processed;
 * each has a status of its own.
 *
 * <p>Preemptible: {@link #BATCH} elements in one go.
 */
final class GrantTableOp implements Hypercall {
  private static final int BATCH = 32;

  /** Bits of cmd that are the operation; the others are Xen's own, for its continuations. */
  private static final int CMD_MASK = 0xfff;

  /** Handles one element in place: reads its inputs, writes its outputs. */
  private interface Element {
    void process(byte[] bytes) throws GuestFault;
  }

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    if ((int) args.a3() < 0 || (args.cmd() & ~CMD_MASK) != 0) {
      return -EINVAL;
    }
    GrantElements elements = new GrantElements(args);
    return switch (args.cmd()) {
      case GNTTABOP_map_grant_ref ->
          list(args, GnttabMapGrantRef.size(args.width()), elements::map);
      case GNTTABOP_unmap_grant_ref ->
          list(args, GnttabUnmapGrantRef.size(args.width()), elements::unmap);
      case GNTTABOP_copy -> list(args, GnttabCopy.size(args.width()), elements::copy);
      case GNTTABOP_swap_grant_ref ->
          list(args, GnttabSwapGrantRef.size(args.width()), elements::swap);
      case GNTTABOP_setup_table -> single(args, GrantSetup::setupTable);
      case GNTTABOP_query_size -> single(args, GrantSetup::querySize);
      case GNTTABOP_set_version -> GrantSetup.setVersion(args);
      case GNTTABOP_get_version -> GrantSetup.getVersion(args);
      default -> Abi.xen().unsupportedResult(args.number(), args.a1());
    };
  }

  /** Operations that take exactly one element. */
  private static long single(HypercallArgs args, Hypercall operation) throws GuestFault {
    return args.a3() == 1 ? operation.call(args) : -EINVAL;
  }

  private static long list(HypercallArgs args, int size, Element element) {
    return new Batch(args, size, element).resume();
  }

  private static final class Batch implements Continuation {
    private final HypercallArgs args;
    private final int size;
    private final Element element;
    private final long count;
    private long next;

    Batch(HypercallArgs args, int size, Element element) {
      this.args = args;
      this.size = size;
      this.element = element;
      this.count = args.a3() & 0xffff_ffffL;
    }

    @Override
    public long resume() {
      try {
        for (int i = 0; i < BATCH && next < count; i++, next++) {
          long address = args.a2() + next * size;
          byte[] bytes = args.read(address, size);
          element.process(bytes);
          args.write(address, bytes);
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
  }
}
