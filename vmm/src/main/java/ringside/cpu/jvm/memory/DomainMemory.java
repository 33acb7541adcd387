package ringside.cpu.jvm.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ringside.memory.Access;
import ringside.memory.GuestSpace;
import ringside.memory.LazyMemory;

/**
 * What all processors of one domain share about its memory: which pages hold code, and who has to
 * hear of changes.
 *
 * <p>Invariant: a page that some processor has decoded code of is marked, and no processor stores
 * to it without looking, until it is written or becomes another page; then all listeners are told
 * once. What it holds is decoded only when it is settled: all that looked before have stood still.
 * Of the p2m the processors hear at their next boundary of instructions.
 */
public final class DomainMemory implements AutoCloseable {
  private static final byte MARKED = 1;
  private static final byte SETTLED = 2;

  private final GuestSpace space;
  private final GuestSpace.Listener listener = this::changed;

  /** A byte for each gfn: 0 when it holds no code. */
  private final LazyMemory code = new LazyMemory(Window.MAP_BYTES);

  private final List<CodeListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Mmu> processors = new CopyOnWriteArrayList<>();

  private final DomainMemories owner;

  DomainMemory(GuestSpace space, DomainMemories owner) {
    this.space = space;
    this.owner = owner;
    space.listenFromNow(listener);
  }

  public GuestSpace space() {
    return space;
  }

  Standstill standstill() {
    return owner.standstill();
  }

  public void add(CodeListener codeListener) {
    listeners.add(codeListener);
  }

  public void remove(CodeListener codeListener) {
    listeners.remove(codeListener);
  }

  synchronized void add(Mmu mmu) {
    processors.add(mmu);
  }

  synchronized void remove(Mmu mmu) {
    processors.remove(mmu);
  }

  /**
   * Of a page of code: looks at it for stores fail from now on. False when {@link #settle} has
   * been, so that none that has looked before stores to it either, or where there is no memory.
   */
  synchronized boolean mark(long gfn) {
    if (!GuestSpace.inSpace(gfn) || flag(gfn) == SETTLED) {
      return false;
    }
    if (flag(gfn) == 0) {
      flag(gfn, MARKED);
      processors.forEach(p -> p.protect(gfn));
    }
    return true;
  }

  /** While no processor executes guest code: the page is known to be code, if it still is. */
  synchronized void settle(long gfn) {
    if (flag(gfn) == MARKED) {
      flag(gfn, SETTLED);
    }
  }

  private byte flag(long gfn) {
    return HostMemory.UNSAFE.getByteVolatile(null, code.address() + gfn);
  }

  private void flag(long gfn, byte value) {
    HostMemory.UNSAFE.putByteVolatile(null, code.address() + gfn, value);
  }

  boolean isCode(long gfn) {
    return flag(gfn) != 0;
  }

  /** Something was stored to this page: whoever holds code of it hears so. */
  void wrote(long gfn) {
    if (isCode(gfn) && unmark(gfn)) {
      listeners.forEach(l -> l.codeChanged(gfn));
    }
  }

  private synchronized boolean unmark(long gfn) {
    boolean was = isCode(gfn);
    flag(gfn, (byte) 0);
    return was;
  }

  private void changed(long gfn, long count, Access access) {
    for (long i = gfn; i < gfn + count; i++) {
      wrote(i);
    }
    if (access != Access.READ_WRITE) {
      processors.forEach(p -> p.framesChanged(gfn, count));
    }
  }

  /** Called once for each processor that asked for it; the last one frees it. */
  @Override
  public void close() {
    owner.release(this);
  }

  void free() {
    space.forget(listener);
    code.close();
  }
}
