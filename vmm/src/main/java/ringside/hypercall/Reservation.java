package ringside.hypercall;

import static ringside.abi.gen.MemoryAbi.XENMEM_decrease_reservation;
import static ringside.abi.gen.MemoryAbi.XENMEM_increase_reservation;

import ringside.abi.gen.XenMemoryReservation;
import ringside.domain.Continuation;
import ringside.domain.Domain;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * Memory given back and taken: XENMEM_decrease_reservation, _populate_physmap, and
 * _increase_reservation, which for a translated guest does nothing but count. The result is how
 * many extents were done; the first that cannot be done ends it.
 *
 * <p>Preemptible: {@link #BATCH} pages in one go. Extents are at most 2 MiB, as for any guest that
 * has no device.
 */
final class Reservation implements Continuation {
  private static final int BATCH = 256;
  private static final int MAX_ORDER = 9;

  /** What Xen's continuation index in the upper bits of cmd has room for. */
  private static final long MAX_EXTENTS = (1L << 26) - 1;

  private final HypercallArgs args;
  private final int op;
  private final XenMemoryReservation reservation;
  private long next;

  /** Pages that the domain may still get in this go. */
  private long room;

  private Reservation(HypercallArgs args, int op, XenMemoryReservation reservation, long next) {
    this.args = args;
    this.op = op;
    this.reservation = reservation;
    this.next = next;
  }

  /**
   * @param start extents that an earlier go has done, from the upper bits of cmd
   */
  static long begin(HypercallArgs args, int op, long start) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenMemoryReservation.size(args.width()));
    XenMemoryReservation reservation = XenMemoryReservation.of(bytes, args.width());
    if (MemoryOp.self(args, reservation.domid()) != 0
        || Long.compareUnsigned(start, reservation.nrExtents()) >= 0
        || Long.compareUnsigned(reservation.nrExtents(), MAX_EXTENTS) > 0
        || reservation.extentOrder() > MAX_ORDER) {
      return start;
    }
    return new Reservation(args, op, reservation, start).resume();
  }

  @Override
  public long resume() {
    long pages = 1L << reservation.extentOrder();
    room = args.domain().maximumPages() - args.domain().populatedPages();
    try {
      for (long done = 0; done < BATCH && next != reservation.nrExtents(); done += pages) {
        if (!extent(pages)) {
          return next;
        }
        next++;
      }
    } catch (GuestFault e) {
      return next;
    }
    if (next == reservation.nrExtents()) {
      return next;
    }
    args.vcpu().continuation(this);
    return Hypercall.UNFINISHED;
  }

  private boolean extent(long pages) throws GuestFault {
    if (op == XENMEM_increase_reservation) {
      return false; // a translated guest gets memory by populate_physmap
    }
    int word = args.width().longBytes();
    long gfn = PhysmapBatch.word(args, reservation.extentStart() + next * word, word);
    if (!GuestSpace.inSpace(gfn) || !GuestSpace.inSpace(gfn + pages - 1)) {
      return false;
    }
    return op == XENMEM_decrease_reservation ? giveBack(gfn, pages) : populate(gfn, pages);
  }

  private boolean giveBack(long gfn, long pages) {
    Domain domain = args.domain();
    if (!domain.space().mayBreak(2)) {
      return false;
    }
    for (long i = 0; i < pages; i++) {
      if (domain.space().mfn(gfn + i) < 0 || domain.grants().maps(gfn + i)) {
        return false;
      }
    }
    for (long i = 0; i < pages; i++) {
      domain.space().unmap(gfn + i);
    }
    return true;
  }

  private boolean populate(long gfn, long pages) {
    Domain domain = args.domain();
    for (long i = 0; i < pages; i++) {
      if (domain.grants().maps(gfn + i)) {
        return false;
      }
    }
    int before = domain.space().mappedPages();
    boolean populated = pages <= room && domain.space().populate(gfn, (int) pages);
    room -= domain.space().mappedPages() - before;
    return populated;
  }
}
