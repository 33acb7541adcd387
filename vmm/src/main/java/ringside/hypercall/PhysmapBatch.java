package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.EOPNOTSUPP;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.ErrnoAbi.ESRCH;
import static ringside.abi.gen.MemoryAbi.XENMAPSPACE_gmfn;
import static ringside.abi.gen.MemoryAbi.XENMAPSPACE_gmfn_foreign;
import static ringside.abi.gen.MemoryAbi.XENMAPSPACE_gmfn_range;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.abi.gen.XenAddToPhysmap;
import ringside.abi.gen.XenAddToPhysmapBatch;
import ringside.domain.Continuation;
import ringside.memory.GuestFault;

/**
 * Many pages put at gfns: XENMEM_add_to_physmap_batch, and the range form of add_to_physmap.
 * Preemptible: {@link #BATCH} pages in one go.
 */
final class PhysmapBatch implements Continuation {
  private static final int BATCH = 64;

  /** One element of the work; its result is an errno for the guest or the end of all. */
  private interface Step {
    long at(long index) throws GuestFault;
  }

  private final HypercallArgs args;
  private final long count;
  private final Step step;
  private long next;

  private PhysmapBatch(HypercallArgs args, long count, Step step) {
    this.args = args;
    this.count = count;
    this.step = step;
  }

  /** XENMEM_add_to_physmap_batch: each page has an error of its own; the call succeeds. */
  static long begin(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenAddToPhysmapBatch.size(args.width()));
    XenAddToPhysmapBatch batch = XenAddToPhysmapBatch.of(bytes, args.width());
    if (batch.space() == XENMAPSPACE_gmfn_range) {
      return -EOPNOTSUPP;
    }
    long refused = MemoryOp.permission(args, batch.domid(), batch.space());
    if (refused != 0) {
      return refused;
    }
    int word = args.width().longBytes();
    Step step =
        i -> {
          long index = word(args, batch.idxs() + i * word, word);
          long gfn = word(args, batch.gpfns() + i * word, word);
          long result =
              batch.space() == XENMAPSPACE_gmfn_foreign
                  ? foreign(args, batch.uForeignDomid())
                  : Physmap.add(args.domain(), batch.space(), index, gfn);
          args.write(batch.errs() + i * Integer.BYTES, little((int) result));
          return 0;
        };
    return new PhysmapBatch(args, batch.size(), step).resume();
  }

  /** Frames of another domain are for a privileged one; what is shared is shared by grants. */
  private static long foreign(HypercallArgs args, int domid) {
    return args.machine().domain(domid) == null ? -ESRCH : -EPERM;
  }

  /** XENMAPSPACE_gmfn_range: a run of pages moves; ends at the first that cannot. */
  static long range(HypercallArgs args, XenAddToPhysmap arg) {
    Step step = i -> Physmap.add(args.domain(), XENMAPSPACE_gmfn, arg.idx() + i, arg.gpfn() + i);
    return new PhysmapBatch(args, arg.size(), step).resume();
  }

  @Override
  public long resume() {
    try {
      for (int i = 0; i < BATCH && next < count; i++, next++) {
        long result = step.at(next);
        if (result != 0) {
          return result;
        }
      }
    } catch (GuestFault e) {
      return -EFAULT;
    }
    if (next == count) {
      return 0;
    }
    args.vcpu().continuation(this);
    return Hypercall.UNFINISHED;
  }

  /** An unsigned long of the guest's width. */
  static long word(HypercallArgs args, long pointer, int size) throws GuestFault {
    ByteBuffer bytes = ByteBuffer.wrap(args.read(pointer, size)).order(ByteOrder.LITTLE_ENDIAN);
    return size == Long.BYTES ? bytes.getLong() : bytes.getInt() & 0xffff_ffffL;
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
