package ringside.cpu.lockstep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.cpu.jvm.memory.WriteLog;
import ringside.memory.Access;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * What the leader wrote in a segment, page by page: the content of before, so that the follower can
 * do the same again, and afterwards that of the leader, to compare with.
 *
 * <p>Invariant: a frame is here once, whatever addresses it has.
 */
final class PageLog implements WriteLog {
  private static final int MOST_LINES = 16;

  /** Accessed and dirty, in entries of 4 and of 8 bytes. */
  private static final long ACCESSED_AND_DIRTY = 0x0000_0060_0000_0060L;

  /** RF of RFLAGS, in the lower or the upper half of eight bytes. */
  private static final long RESUME = 0x0001_0000_0001_0000L;

  /** A page that was written. */
  private static final class Page {
    final long gfn;
    final byte[] before;
    byte[] after;

    Page(long gfn, byte[] before) {
      this.gfn = gfn;
      this.before = before;
    }
  }

  private final GuestSpace space;
  private final Map<Long, Page> byFrame = new LinkedHashMap<>();
  private final Set<Long> gfns = new HashSet<>();

  private boolean closed;

  /** Frames in which bits were set by page walks, ever. */
  private final Set<Long> tables = new HashSet<>();

  PageLog(GuestSpace space) {
    this.space = space;
  }

  @Override
  public void beforeWrite(long gfn, boolean pageTable) {
    if (closed || space.access(gfn) != Access.READ_WRITE) {
      return;
    }
    long frame = space.mfn(gfn);
    if (pageTable) {
      tables.add(frame);
    }
    if (gfns.add(gfn) && !byFrame.containsKey(frame)) {
      byFrame.put(frame, new Page(gfn, read(gfn)));
    }
  }

  /** The guest-physical pages that were written since the last {@link #clear}. */
  Set<Long> gfns() {
    return gfns;
  }

  /** Nobody asks any more. */
  void close() {
    closed = true;
    clear();
  }

  void clear() {
    byFrame.clear();
    gfns.clear();
  }

  /** Keeps what was written and puts back what was there before. */
  void rewind() {
    for (Page page : byFrame.values()) {
      page.after = read(page.gfn);
      write(page.gfn, page.before);
    }
  }

  /**
   * After {@link #rewind} and the follower's turn: what differs, as text. The leader's content is
   * what stays.
   *
   * @param exception one was delivered meanwhile: libunicorn pushes flags without RF
   * @param loose arithmetic flags may have been stored that need not be equal, see {@link
   *     Registers}
   */
  List<String> differences(boolean exception, boolean loose) {
    List<String> lines = new ArrayList<>();
    Map<Long, Page> pages = new LinkedHashMap<>(byFrame);
    pages.forEach((frame, page) -> compare(page, mask(frame, exception), loose, lines));
    return lines;
  }

  private long mask(long frame, boolean exception) {
    return (tables.contains(frame) ? ~ACCESSED_AND_DIRTY : -1) & (exception ? ~RESUME : -1);
  }

  private void compare(Page page, long mask, boolean loose, List<String> lines) {
    byte[] now = read(page.gfn);
    if (java.util.Arrays.equals(now, page.after)) {
      return;
    }
    for (int k = 0; k < Gpa.PAGE_SIZE && lines.size() < MOST_LINES; k += 8) {
      long leader = word(page.after, k);
      long follower = word(now, k);
      boolean flags = loose && Registers.mayBeFlags(leader, follower);
      if (((leader ^ follower) & mask) != 0 && !flags) {
        lines.add(
            "  memory at gpa 0x%x: 0x%016x, 0x%016x"
                .formatted((page.gfn << Gpa.PAGE_SHIFT) + k, leader, follower));
      }
    }
    write(page.gfn, page.after);
  }

  private static long word(byte[] bytes, int at) {
    return java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(at);
  }

  private byte[] read(long gfn) {
    try {
      return space.read(new Gpa(gfn << Gpa.PAGE_SHIFT), Gpa.PAGE_SIZE);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }

  private void write(long gfn, byte[] bytes) {
    try {
      space.write(new Gpa(gfn << Gpa.PAGE_SHIFT), bytes);
    } catch (GuestFault e) {
      throw new AssertionError(e);
    }
  }
}
