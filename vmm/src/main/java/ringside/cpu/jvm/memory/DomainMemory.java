package ringside.cpu.jvm.memory;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ringside.memory.Access;
import ringside.memory.GuestSpace;

/**
 * What all processors of one domain share about its memory: which pages hold code.
 *
 * <p>Invariant: a page that some processor has decoded code of is marked until it is written or
 * becomes another page; then all listeners are told once.
 */
public final class DomainMemory implements AutoCloseable {
  private final GuestSpace space;
  private final GuestSpace.Listener listener = this::changed;
  private final BitSet code = new BitSet();
  private final List<CodeListener> listeners = new CopyOnWriteArrayList<>();

  public DomainMemory(GuestSpace space) {
    this.space = space;
    space.listenFromNow(listener);
  }

  public GuestSpace space() {
    return space;
  }

  public void add(CodeListener codeListener) {
    listeners.add(codeListener);
  }

  public void remove(CodeListener codeListener) {
    listeners.remove(codeListener);
  }

  /** From now on a write to the page tells the listeners. */
  public synchronized void holdsCode(long gfn) {
    code.set((int) gfn);
  }

  synchronized boolean isCode(long gfn) {
    return code.get((int) gfn);
  }

  /** The page was written, or is about to be. */
  void written(long gfn) {
    synchronized (this) {
      code.clear((int) gfn);
    }
    listeners.forEach(l -> l.codeChanged(gfn));
  }

  private void changed(long gfn, long count, Access access) {
    for (long i = gfn; i < gfn + count; i++) {
      if (isCode(i)) {
        written(i);
      }
    }
  }

  @Override
  public void close() {
    space.forget(listener);
  }
}
