package ringside.grant;

import static ringside.abi.gen.GrantTableAbi.*;

import ringside.abi.Width;
import ringside.abi.gen.GrantEntryV1;
import ringside.memory.Frame;
import ringside.memory.Gpa;
import ringside.memory.MachineMemory;

/**
 * The shared frames of a grant table, version 1: what the granter writes and the hypervisor marks.
 *
 * <p>Invariant: only the reading and writing bits are ever changed here, each time by a
 * compare-and-set of flags and domid together, so that a granter that takes an entry back at the
 * same moment either wins or sees the bit.
 */
final class GrantEntries implements AutoCloseable {
  private static final int ENTRY_SIZE = GrantEntryV1.size(Width.W64);
  private static final int PER_FRAME = Gpa.PAGE_SIZE / ENTRY_SIZE;

  /** A granter that rewrites its entry all the time may not hold us up: Xen gives up here too. */
  private static final int MARK_ATTEMPTS = 5;

  private static final int FRAME_FIELD = GrantEntryV1.FRAME.offset(Width.W64);

  private final MachineMemory memory;
  private final Frame[] frames;
  private int count;

  GrantEntries(MachineMemory memory, int maxFrames) {
    this.memory = memory;
    this.frames = new Frame[maxFrames];
  }

  /** Has at least so many frames; false when there may not be so many, or the machine is full. */
  boolean growTo(int wanted) {
    if (wanted > frames.length) {
      return false;
    }
    while (count < wanted) {
      Frame frame = Frame.allocate(memory);
      if (frame == null) {
        return false;
      }
      frames[count++] = frame;
    }
    return true;
  }

  int frames() {
    return count;
  }

  int maxFrames() {
    return frames.length;
  }

  Frame frame(int index) {
    return frames[index];
  }

  boolean valid(long ref) {
    return ref >= 0 && ref < (long) count * PER_FRAME;
  }

  private Frame of(int ref) {
    return frames[ref / PER_FRAME];
  }

  private static int at(int ref) {
    return ref % PER_FRAME * ENTRY_SIZE;
  }

  /** The gfn that the granter wrote. */
  long gfn(int ref) {
    return of(ref).u32(at(ref) + FRAME_FIELD) & 0xffff_ffffL;
  }

  /** Whether the granter lets anybody have the page. */
  boolean granted(int ref) {
    return (of(ref).volatileU32(at(ref)) & GTF_type_mask) == GTF_permit_access;
  }

  /**
   * Marks an entry as used.
   *
   * @param ignoring flags in which an entry may differ from a plain GTF_permit_access
   * @param pinned it is in use already: only GTF_readonly is looked at
   * @return GNTST_okay, or GNTST_general_error for an entry that is not for this, or that does not
   *     keep still
   */
  int mark(int ref, int domain, boolean readonly, boolean pinned, int ignoring) {
    int mask = (GTF_type_mask | GTF_sub_page) & ~ignoring;
    for (int attempt = 0; attempt < MARK_ATTEMPTS; attempt++) {
      int word = of(ref).volatileU32(at(ref));
      boolean permitted = (word & mask) == GTF_permit_access && word >>> 16 == domain;
      if (!pinned && !permitted || !readonly && (word & GTF_readonly) != 0) {
        return GNTST_general_error;
      }
      int marked = word | GTF_reading | (readonly ? 0 : GTF_writing);
      if (of(ref).compareAndSetU32(at(ref), word, marked)) {
        return GNTST_okay;
      }
    }
    return GNTST_general_error;
  }

  /** Takes marks away: GTF_reading, GTF_writing or both. */
  void unmark(int ref, int bits) {
    of(ref).andU32(at(ref), ~bits);
  }

  /** Exchanges two entries that nobody uses. */
  void swap(int a, int b) {
    byte[] first = new byte[ENTRY_SIZE];
    byte[] second = new byte[ENTRY_SIZE];
    of(a).read(at(a), first, 0, ENTRY_SIZE);
    of(b).read(at(b), second, 0, ENTRY_SIZE);
    of(a).write(at(a), second, 0, ENTRY_SIZE);
    of(b).write(at(b), first, 0, ENTRY_SIZE);
  }

  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      frames[i].close();
    }
    count = 0;
  }
}
