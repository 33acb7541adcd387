package ringside.cpu.jvm.memory;

/**
 * Frames that a processor may have cached and that are no longer there, or no longer writable: any
 * thread adds them, the processor drops what it has of them at its next boundary.
 *
 * <p>Invariant: every frame that was added and not yet forgotten lies in one run of gfns, which may
 * hold others, too: these are found again.
 */
final class LostFrames {
  private long first = Long.MAX_VALUE;
  private long end;
  private volatile boolean any;

  /** Whether there are some; from any thread. */
  boolean any() {
    return any;
  }

  synchronized void add(long gfn, long count) {
    first = Math.min(first, gfn);
    end = Math.max(end, gfn + count);
    any = true;
  }

  /**
   * Drops them from what the processor has cached.
   *
   * @param user null for none
   */
  synchronized void forget(View supervisor, View user) {
    any = false;
    supervisor.framesChanged(first, end - first);
    if (user != null) {
      user.framesChanged(first, end - first);
    }
    first = Long.MAX_VALUE;
    end = 0;
  }
}
