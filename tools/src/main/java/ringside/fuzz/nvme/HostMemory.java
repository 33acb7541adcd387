package ringside.fuzz.nvme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import ringside.device.DmaPort;
import ringside.memory.GuestFault;

/**
 * The driver's memory, and what of it the controller may touch at this moment.
 *
 * <p>Invariant: a DMA gets no byte that no grant covers. One that asks for such bytes fails, and if
 * they are memory at all, {@link #stray} tells.
 */
final class HostMemory implements DmaPort {
  /** First byte; below is no memory. */
  static final long BASE = 0x10_0000;

  /** Memory that the controller may touch. */
  interface Grant {
    /** End of the covered bytes that begin at {@code at}; {@code at} when that is not covered. */
    long coveredTo(long at, boolean write);
  }

  private final ByteBuffer bytes;
  private final List<Grant> grants = new ArrayList<>();
  private boolean busMaster;
  private String stray;

  HostMemory(int pages) {
    bytes = ByteBuffer.allocateDirect(pages * Spec.PAGE).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** First address after memory. */
  long end() {
    return BASE + bytes.capacity();
  }

  /** The driver's own view. */
  ByteBuffer view(long gpa, int length) {
    return bytes.slice((int) (gpa - BASE), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  void grant(Grant grant) {
    grants.add(grant);
  }

  void revoke(Grant grant) {
    grants.remove(grant);
  }

  void revokeAll() {
    grants.clear();
  }

  /** Whether PCI lets the function reach memory at all. */
  void busMaster(boolean on) {
    busMaster = on;
  }

  /** What was reached for without a grant since the last call, or null. */
  String stray() {
    String found = stray;
    stray = null;
    return found;
  }

  @Override
  public ByteBuffer at(long gpa, int length, boolean write) throws GuestFault {
    if (!busMaster) {
      stray = "DMA at 0x%x while bus mastering is off".formatted(gpa);
      throw new GuestFault("no bus master: gpa", gpa, length);
    }
    if (gpa < BASE || length < 1 || gpa > end() - length) {
      throw new GuestFault("no memory: gpa", gpa, length);
    }
    long at = gpa;
    while (at < gpa + length) {
      long to = coveredTo(at, write);
      if (to <= at) {
        stray =
            "DMA %s of %d bytes at 0x%x, not granted from 0x%x"
                .formatted(write ? "write" : "read", length, gpa, at);
        throw new GuestFault("not granted: gpa", gpa, length);
      }
      at = to;
    }
    ByteBuffer view = view(gpa, length);
    return write ? view : view.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private long coveredTo(long at, boolean write) {
    for (int i = grants.size() - 1; i >= 0; i--) { // the newest are the likeliest
      long to = grants.get(i).coveredTo(at, write);
      if (to > at) {
        return to;
      }
    }
    return at;
  }
}
