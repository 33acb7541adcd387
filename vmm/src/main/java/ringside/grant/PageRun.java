package ringside.grant;

import java.util.ArrayList;
import java.util.List;
import ringside.memory.Access;
import ringside.memory.GuestSpace;

/**
 * Mappings that have begun or ended, and that the mapper's space does not show yet: one run of
 * gfns, so that the host and the engines change many pages at once.
 *
 * <p>Invariant: the pages of a run that appears continue each other, gfn by gfn and mfn by mfn,
 * with one access; those that go continue each other gfn by gfn. Nothing is held back when a
 * hypercall lets a vCPU go on. A granter hears that its page is free only after the space has lost
 * it: {@link #apply}, then {@link #takeEnded}.
 */
final class PageRun {
  private final GuestSpace space;

  /** Null while the pages of the run go, or when there is none. */
  private Mapping first;

  private List<Mapping> ended = new ArrayList<>();
  private long gfn;
  private int count;

  PageRun(GuestSpace space) {
    this.space = space;
  }

  /** A page appears. Takes over a reference to its frame. */
  void begin(Mapping mapping) {
    boolean continues =
        first != null
            && mapping.gfn() == gfn + count
            && mapping.mfn() == first.mfn() + count
            && mapping.readonly() == first.readonly();
    if (!continues) {
      apply();
      first = mapping;
      gfn = mapping.gfn();
    }
    count++;
  }

  /** A page goes; its grant is given back afterwards. */
  void end(Mapping mapping) {
    if (first != null || mapping.gfn() != gfn + count) {
      apply();
      gfn = mapping.gfn();
    }
    ended.add(mapping);
    count++;
  }

  /** Makes the changes. */
  void apply() {
    if (first != null) {
      Access access = first.readonly() ? Access.READ_ONLY : Access.READ_WRITE;
      space.mapRun(gfn, first.mfn(), count, access);
    } else if (count > 0) {
      space.unmapRun(gfn, count);
    }
    first = null;
    count = 0;
  }

  /** Makes the changes; returns the mappings that ended since the last time, to be given back. */
  List<Mapping> takeEnded() {
    apply();
    List<Mapping> all = ended;
    ended = all.isEmpty() ? all : new ArrayList<>();
    return all;
  }
}
