package ringside.device.nvme;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import ringside.memory.GuestFault;

/**
 * The memory of a command's data (NVM Express 1.4, section 4.3): PRP1 may begin anywhere in a page,
 * at a multiple of four; PRP2 is the second page, or a list of all further ones when there are
 * more.
 *
 * <p>Invariant: each list entry is read once, and checked after that. Nothing is transferred before
 * all of the memory is known to be there.
 */
final class Prps {
  /** CC.MPS is always 0. */
  static final int PAGE = 4096;

  private static final int ENTRY = 8;

  private final Dma dma;
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private final boolean write;
  private long start;
  private int length;

  private Prps(Dma dma, boolean write) {
    this.dma = dma;
    this.write = write;
  }

  /**
   * @param bytes at least 1
   * @param write data go to guest memory
   * @return the memory in pieces, as few as there can be
   */
  static List<ByteBuffer> buffers(Dma dma, Sqe sqe, int bytes, boolean write)
      throws CommandException {
    try {
      return new Prps(dma, write).walk(sqe.prp1(), sqe.prp2(), bytes);
    } catch (GuestFault _) { // the guest hears of it: that is what the status is for
      throw new CommandException(Status.DATA_TRANSFER_ERROR);
    }
  }

  private List<ByteBuffer> walk(long prp1, long prp2, int bytes)
      throws CommandException, GuestFault {
    CommandException.unless((prp1 & 3) == 0, Status.INVALID_PRP_OFFSET);
    int first = Math.min(bytes, (int) (PAGE - prp1 % PAGE));
    CommandException.unless(prp1 >= 0, Status.DATA_TRANSFER_ERROR);
    add(prp1, first);
    int left = bytes - first;
    if (left > PAGE) {
      list(prp2, left);
    } else if (left > 0) {
      page(prp2, left);
    }
    flush();
    return buffers;
  }

  private void list(long prp2, int bytes) throws CommandException, GuestFault {
    CommandException.unless((prp2 & 7) == 0, Status.INVALID_PRP_OFFSET);
    long at = prp2;
    int left = bytes;
    while (left > 0) {
      int entries = Math.min((int) (PAGE - Long.remainderUnsigned(at, PAGE)) / ENTRY, pages(left));
      ByteBuffer list = dma.at(at, entries * ENTRY, false);
      boolean chained = pages(left) > entries;
      for (int i = 0; i < (chained ? entries - 1 : entries); i++) {
        int part = Math.min(left, PAGE);
        page(list.getLong(), part);
        left -= part;
      }
      if (chained) {
        at = list.getLong();
        CommandException.unless((at & PAGE - 1) == 0, Status.INVALID_PRP_OFFSET);
      }
    }
  }

  private static int pages(int bytes) {
    return (bytes + PAGE - 1) / PAGE;
  }

  private void page(long entry, int bytes) throws CommandException, GuestFault {
    CommandException.unless((entry & PAGE - 1) == 0, Status.INVALID_PRP_OFFSET);
    add(entry, bytes);
  }

  /** Pages that follow one another become one piece. */
  private void add(long gpa, int bytes) throws GuestFault {
    if (length > 0 && gpa == start + length) {
      length += bytes;
      return;
    }
    flush();
    start = gpa;
    length = bytes;
  }

  private void flush() throws GuestFault {
    if (length > 0) {
      buffers.add(dma.data(start, length, write));
    }
  }
}
