package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EACCES;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOMEM;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.ErrnoAbi.ESRCH;
import static ringside.abi.gen.MemoryAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;

import ringside.abi.Abi;
import ringside.abi.gen.E820entry;
import ringside.abi.gen.XenAddToPhysmap;
import ringside.abi.gen.XenMemoryDomain;
import ringside.abi.gen.XenMemoryMap;
import ringside.abi.gen.XenRemoveFromPhysmap;
import ringside.domain.Domain;
import ringside.domain.MemoryMap;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * memory_op (12): (cmd, pointer). The low six bits of cmd are the operation; the rest is how far an
 * earlier go has come, as in Xen, though no guest ever sees that here: what is long continues
 * inside ({@link Reservation}, {@link PhysmapBatch}).
 */
final class MemoryOp implements Hypercall {
  /** Bits of cmd below the continuation index (Xen: MEMOP_EXTENT_SHIFT). */
  private static final int MEMOP_EXTENT_SHIFT = 6;

  private static final int OP_MASK = (1 << MEMOP_EXTENT_SHIFT) - 1;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    int op = args.cmd() & OP_MASK;
    return switch (op) {
      case XENMEM_increase_reservation, XENMEM_decrease_reservation, XENMEM_populate_physmap ->
          Reservation.begin(args, op, args.a1() >>> MEMOP_EXTENT_SHIFT & 0x3ff_ffff);
      case XENMEM_maximum_ram_page -> args.machine().memory().frames() - 1L;
      case XENMEM_current_reservation -> withDomain(args, Domain::populatedPages);
      case XENMEM_maximum_reservation -> withDomain(args, Domain::maximumPages);
      case XENMEM_maximum_gpfn -> withDomain(args, d -> d.space().highestGfn());
      case XENMEM_add_to_physmap -> addToPhysmap(args);
      case XENMEM_add_to_physmap_batch -> PhysmapBatch.begin(args);
      case XENMEM_remove_from_physmap -> removeFromPhysmap(args);
      case XENMEM_memory_map -> memoryMap(args);
      default -> Abi.xen().unsupportedResult(args.number(), op);
    };
  }

  /** A question about a domain. */
  private interface Question {
    long ask(Domain domain);
  }

  private static long withDomain(HypercallArgs args, Question question) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenMemoryDomain.size(args.width()));
    long refused = self(args, XenMemoryDomain.of(bytes, args.width()).domid());
    return refused != 0 ? refused : question.ask(args.domain());
  }

  /** 0 when the domid means the caller, else the error for it. */
  static long self(HypercallArgs args, int domid) {
    if (domid == DOMID_SELF || domid == args.domain().id()) {
      return 0;
    }
    return args.machine().domain(domid) == null ? -ESRCH : -EPERM;
  }

  /** Whose pages may be moved, and device memory by nobody: xatp_permission_check. */
  static long permission(HypercallArgs args, int domid, long space) {
    long refused = self(args, domid);
    boolean devices = space == XENMAPSPACE_dev_mmio && refused != -ESRCH;
    return devices ? -EACCES : refused;
  }

  private long addToPhysmap(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenAddToPhysmap.size(args.width()));
    XenAddToPhysmap arg = XenAddToPhysmap.of(bytes, args.width());
    long refused = permission(args, arg.domid(), arg.space());
    if (refused != 0) {
      return refused;
    }
    if (arg.space() == XENMAPSPACE_gmfn_range) {
      return PhysmapBatch.range(args, arg);
    }
    return Physmap.add(args.domain(), arg.space(), arg.idx(), arg.gpfn());
  }

  private long removeFromPhysmap(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenRemoveFromPhysmap.size(args.width()));
    XenRemoveFromPhysmap arg = XenRemoveFromPhysmap.of(bytes, args.width());
    long refused = self(args, arg.domid());
    if (refused != 0) {
      return refused;
    }
    if (args.domain().space().mfn(arg.gpfn()) < 0 || args.domain().grants().maps(arg.gpfn())) {
      return -ENOENT;
    }
    if (!args.domain().space().mayBreak(2)) {
      return -ENOMEM;
    }
    args.domain().space().unmap(arg.gpfn());
    return 0;
  }

  private long memoryMap(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenMemoryMap.size(args.width()));
    XenMemoryMap arg = XenMemoryMap.of(bytes, args.width());
    var ranges = args.domain().memoryMap().ranges();
    int count = (int) Math.min(arg.nrEntries(), ranges.size());
    int size = E820entry.size(args.width());
    byte[] entries = new byte[count * size];
    for (int i = 0; i < count; i++) {
      MemoryMap.Range range = ranges.get(i);
      E820entry entry = E820entry.of(entries, i * size, args.width());
      entry.addr(range.start());
      entry.size(range.size());
      entry.type(range.type());
    }
    args.write(arg.buffer(), entries);
    arg.nrEntries(count);
    args.write(args.a2(), bytes);
    return 0;
  }

  /** True for a gfn that RAM or a special page may be put at. */
  static boolean placeable(long gfn) {
    return GuestSpace.inSpace(gfn);
  }
}
