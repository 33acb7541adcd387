package ringside.cpu.jvm.translate;

/**
 * Where the regions of one processor lead to: by RIP what is entered there, without a look at the
 * block and what is known of it.
 *
 * <p>Invariant: with the stamp that it was added with, and as long as it is {@link
 * Attachment#settled}, an attachment is what would be found by its block, and may be entered.
 */
final class Links {
  private static final int SIZE = 1 << 10;

  /** By slot RIP and stamp, side by side: a line of the host's cache has both. */
  private final long[] keys = new long[2 * SIZE];

  private final Attachment[] attachments = new Attachment[SIZE];

  private static int slot(long rip) {
    return (int) (rip ^ rip >>> 10) & SIZE - 1;
  }

  /** Null when it is not known, or has to be asked for by its block. */
  Attachment find(long rip, long stamp) {
    int slot = slot(rip);
    if (keys[2 * slot] != rip || keys[2 * slot + 1] != stamp) {
      return null;
    }
    Attachment a = attachments[slot];
    return a != null && a.settled ? a : null;
  }

  void add(long rip, long stamp, Attachment a) {
    int slot = slot(rip);
    keys[2 * slot] = rip;
    keys[2 * slot + 1] = stamp;
    attachments[slot] = a;
  }
}
