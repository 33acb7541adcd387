package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOMEM;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.MemoryAbi.*;

import ringside.domain.Domain;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.memory.GuestSpace;

/**
 * One page put at a gfn (XENMEM_add_to_physmap). What was at the gfn is dropped, as Xen drops it; a
 * special page that was elsewhere leaves a hole there.
 */
final class Physmap {
  /** A page leaves a gfn, and another takes its place: two runs change. */
  private static final int SEAMS = 4;

  private Physmap() {}

  /** 0 or a negated errno. */
  static long add(Domain domain, long space, long index, long gfn) {
    if (!MemoryOp.placeable(gfn)) {
      return -EINVAL;
    }
    if (!domain.space().mayBreak(SEAMS)) {
      return -ENOMEM;
    }
    if (space == XENMAPSPACE_shared_info) {
      return index == 0 ? place(domain, domain.sharedInfo().frame(), gfn) : -EINVAL;
    }
    if (space == XENMAPSPACE_grant_table) {
      Frame frame = domain.grants().frame(index);
      return frame == null ? -EINVAL : place(domain, frame, gfn);
    }
    if (space == XENMAPSPACE_gmfn) {
      return move(domain, index, gfn);
    }
    return space == XENMAPSPACE_gmfn_foreign ? -ENOSYS : -EINVAL;
  }

  private static long place(Domain domain, Frame frame, long gfn) {
    if (domain.grants().maps(gfn)) {
      return -EINVAL;
    }
    GuestSpace space = domain.space();
    if (space.mfn(gfn) == frame.mfn()) {
      return 0;
    }
    long old = space.gfnOf(frame.mfn());
    if (old >= 0) {
      space.unmap(old);
    }
    frame.mapInto(space, gfn, Access.READ_WRITE);
    return 0;
  }

  /** XENMAPSPACE_gmfn: the page at one gfn moves to another. */
  private static long move(Domain domain, long from, long to) {
    GuestSpace space = domain.space();
    long mfn = space.mfn(from);
    if (mfn < 0 || domain.grants().maps(from) || domain.grants().maps(to)) {
      return -EINVAL;
    }
    if (from == to) {
      return 0;
    }
    domain.machine().memory().retain(mfn);
    space.unmap(from);
    space.map(to, mfn, Access.READ_WRITE);
    return 0;
  }
}
