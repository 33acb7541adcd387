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
 * <p>Preemptible: {@link #MAPPINGS} or {@link #COPIES} elements in one go. Pages that are mapped or
 * unmapped in one go and continue each other change hands together.
 */
final class GrantTableOp implements Hypercall {
  private static final int MAPPINGS = 512;
  private static final int COPIES = 32;

  /** Bits of cmd that are the operation; the others are Xen's own, for its continuations. */
  private static final int CMD_MASK = 0xfff;

  /** Handles the element at an index in place: reads its inputs, writes its outputs. */
  private interface Element {
    void process(byte[] bytes, int at);
  }

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    if ((int) args.a3() < 0 || (args.cmd() & ~CMD_MASK) != 0) {
      return -EINVAL;
    }
    GrantElements elements = new GrantElements(args);
    return switch (args.cmd()) {
      case GNTTABOP_map_grant_ref ->
          list(args, GnttabMapGrantRef.size(args.width()), MAPPINGS, elements::map);
      case GNTTABOP_unmap_grant_ref ->
          list(args, GnttabUnmapGrantRef.size(args.width()), MAPPINGS, elements::unmap);
      case GNTTABOP_copy -> list(args, GnttabCopy.size(args.width()), COPIES, elements::copy);
      case GNTTABOP_swap_grant_ref ->
          list(args, GnttabSwapGrantRef.size(args.width()), COPIES, elements::swap);
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

  private static long list(HypercallArgs args, int size, int batch, Element element) {
    return new Batch(args, size, batch, element).resume();
  }

  private static final class Batch implements Continuation {
    private final HypercallArgs args;
    private final int size;
    private final int batch;
    private final Element element;
    private final long count;
    private long next;

    Batch(HypercallArgs args, int size, int batch, Element element) {
      this.args = args;
      this.size = size;
      this.batch = batch;
      this.element = element;
      this.count = args.a3() & 0xffff_ffffL;
    }

    /** True when so many elements can be read, and their statuses be told. */
    private boolean reachable(int elements) {
      try {
        long address = args.a2() + next * size;
        args.write(address, args.read(address, elements * size));
        return true;
      } catch (GuestFault e) {
        return false;
      }
    }

    private void process(int elements) throws GuestFault {
      long address = args.a2() + next * size;
      byte[] bytes = args.read(address, elements * size);
      for (int i = 0; i < elements; i++) {
        element.process(bytes, i * size);
      }
      args.domain().grants().settle();
      args.write(address, bytes);
      next += elements;
    }

    @Override
    public long resume() {
      try {
        int elements = (int) Math.min(batch, count - next);
        if (!reachable(elements)) {
          elements = 1; // one by one up to the first that is not
        }
        process(elements);
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
