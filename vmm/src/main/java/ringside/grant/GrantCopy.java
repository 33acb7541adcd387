package ringside.grant;

import static ringside.abi.gen.GrantTableAbi.*;

import ringside.domain.Domain;
import ringside.memory.Frame;
import ringside.memory.Gpa;

/**
 * GNTTABOP_copy: bytes from one page to another, each of which is a grant of some domain or a page
 * of the caller's own. Neither side may leave its page. Checked in Xen's order: source,
 * destination, then the bounds.
 */
public final class GrantCopy {
  /**
   * One side.
   *
   * @param granted true: {@code page} is a reference in {@code owner}'s table; false: a gfn of it
   */
  public record Side(Domain owner, boolean granted, long page, int offset) {}

  private GrantCopy() {}

  /** Copies on behalf of a domain; a GNTST status. */
  public static int copy(Domain by, Side from, Side to, int length) {
    GrantTable.Pin source = claim(by, from, true);
    if (source.status() != GNTST_okay) {
      return source.status();
    }
    try {
      GrantTable.Pin target = claim(by, to, false);
      if (target.status() != GNTST_okay) {
        return target.status();
      }
      try {
        if (from.offset() + length > Gpa.PAGE_SIZE || to.offset() + length > Gpa.PAGE_SIZE) {
          return GNTST_bad_copy_arg;
        }
        move(by, source.mfn(), from.offset(), target.mfn(), to.offset(), length);
        return GNTST_okay;
      } finally {
        release(to, false);
      }
    } finally {
      release(from, true);
    }
  }

  private static GrantTable.Pin claim(Domain by, Side side, boolean readonly) {
    if (side.granted()) {
      return side.owner().grants().pinForCopy(side.page(), by.id(), readonly);
    }
    return side.owner().grants().own(side.page())
        ? new GrantTable.Pin(GNTST_okay, side.owner().space().mfn(side.page()))
        : new GrantTable.Pin(GNTST_bad_page, -1);
  }

  private static void release(Side side, boolean readonly) {
    if (side.granted()) {
      side.owner().grants().unpin((int) side.page(), readonly);
    }
  }

  private static void move(
      Domain by, long fromMfn, int fromOffset, long toMfn, int toOffset, int length) {
    byte[] bytes = new byte[length];
    try (Frame from = Frame.of(by.machine().memory(), fromMfn);
        Frame to = Frame.of(by.machine().memory(), toMfn)) {
      from.read(fromOffset, bytes, 0, length);
      to.write(toOffset, bytes, 0, length);
    }
  }
}
