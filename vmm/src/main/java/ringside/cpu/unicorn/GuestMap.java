package ringside.cpu.unicorn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;

/**
 * What of a guest-physical space one processor of libunicorn has mapped, kept in step with the p2m.
 *
 * <p>Invariant: outside a run every gfn is mapped with the access that the p2m gives it, or as
 * MMIO, or not at all when it is a hole that was never touched. Changes that arrive during a run
 * stop the processor and are made between two of its blocks.
 */
final class GuestMap implements AutoCloseable {
  private record Change(long gfn, long count, Access access) {}

  private final long uc;
  private final GuestSpace space;
  private final RunControl control;
  private final GuestSpace.Listener listener;
  private final Callbacks.Entry mmioRead;
  private final Callbacks.Entry mmioWrite;
  private final BitSet mapped = new BitSet();
  private final BitSet readOnly = new BitSet();
  private final BitSet mmio = new BitSet();

  /** Frames that hold translated code. */
  private final BitSet code = new BitSet();

  /** Runs what may raise exceptions inside libunicorn, so that none of them lingers. */
  private final Consumer<Runnable> quietly;

  private final List<Change> waiting = new ArrayList<>();

  GuestMap(
      long uc,
      GuestSpace space,
      RunControl control,
      Callbacks.Entry mmioRead,
      Callbacks.Entry mmioWrite,
      Consumer<Runnable> quietly) {
    this.uc = uc;
    this.quietly = quietly;
    this.space = space;
    this.control = control;
    this.mmioRead = mmioRead;
    this.mmioWrite = mmioWrite;
    this.listener = this::changed;
    space.listenFromNow(listener);
  }

  /** Makes the changes that arrived during a stay in libunicorn. */
  void settle() {
    if (!waiting.isEmpty()) {
      quietly.accept(() -> waiting.forEach(this::apply));
      waiting.clear();
    }
  }

  void holdsCode(long gfn) {
    if (GuestSpace.inSpace(gfn)) {
      code.set((int) gfn);
    }
  }

  void codeForgotten() {
    code.clear();
  }

  /** A page without a frame is touched: makes it MMIO. May be called during a run. */
  void touchHole(long gpa) {
    long page = gpa & -Gpa.PAGE_SIZE;
    Uc.mapMmio(uc, page, Gpa.PAGE_SIZE, mmioRead, mmioWrite);
    if (GuestSpace.inSpace(page >>> Gpa.PAGE_SHIFT)) {
      mmio.set((int) (page >>> Gpa.PAGE_SHIFT));
    }
  }

  private void changed(long gfn, long count, Access access) {
    Change change = new Change(gfn, count, access);
    if (control.inside()) {
      waiting.add(change);
      control.interrupt();
    } else {
      quietly.accept(() -> apply(change));
    }
  }

  private void apply(Change change) {
    int first = (int) change.gfn();
    int end = (int) (change.gfn() + change.count());
    boolean moved = false;
    boolean wasCode = code.nextSetBit(first) >= 0 && code.nextSetBit(first) < end;
    for (int from = first; from < end; ) {
      int to = endOfRun(from, end);
      moved |= remap(from, to, change.access());
      from = to;
    }
    if (wasCode) {
      Uc.flushTranslations(uc);
      code.clear();
    }
    if (moved) {
      Uc.flushTlb(uc);
    }
  }

  private int endOfRun(int from, int end) {
    int to = from + 1;
    while (to < end
        && mapped.get(to) == mapped.get(from)
        && readOnly.get(to) == readOnly.get(from)
        && mmio.get(to) == mmio.get(from)) {
      to++;
    }
    return to;
  }

  /** False when the mapping was right already. */
  private boolean remap(int from, int to, Access access) {
    boolean wantReadOnly = access == Access.READ_ONLY;
    boolean wantMapped = access != Access.NONE;
    if (mapped.get(from) && wantMapped && readOnly.get(from) == wantReadOnly) {
      return false; // another frame at the same host address: the host's MMU has done it
    }
    long gpa = (long) from << Gpa.PAGE_SHIFT;
    long bytes = (long) (to - from) << Gpa.PAGE_SHIFT;
    if (mapped.get(from) || mmio.get(from)) {
      Uc.unmap(uc, gpa, bytes);
    }
    if (wantMapped) {
      int protection = Uc.PROT_READ | Uc.PROT_EXEC | (wantReadOnly ? 0 : Uc.PROT_WRITE);
      Uc.map(uc, gpa, bytes, protection, space.base() + gpa);
    }
    mapped.set(from, to, wantMapped);
    readOnly.set(from, to, wantReadOnly);
    mmio.clear(from, to);
    return true;
  }

  @Override
  public void close() {
    space.forget(listener);
  }
}
