package ringside.memory;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The machine's memory: frames of 4 KiB in one memory file, numbered by mfn from 0.
 *
 * <p>Invariant: a frame is free, or its reference count is at least 1; a frame handed out reads as
 * zero, so no domain ever sees what another left behind. A domain's own p2m entry is one reference,
 * each grant mapping is one more: a granted frame outlives the granter until the last mapping goes.
 */
public final class MachineMemory implements AutoCloseable {
  /**
   * Seams that all spaces together may have. Each costs the host a mapping, of which Linux gives a
   * process 65530 (vm.max_map_count); the rest is for the Java machine and the engines.
   */
  public static final int MAX_SEAMS = 49_152;

  private final int fd;
  private final int frames;
  private final long base;
  private final int[] references;
  private final BitSet used;
  private int usedCount;
  private int seams;

  /**
   * @param bytes size of the machine, a multiple of 4096; the host provides memory only for frames
   *     that were touched
   */
  public MachineMemory(long bytes) {
    if (bytes <= 0 || bytes % Gpa.PAGE_SIZE != 0 || bytes / Gpa.PAGE_SIZE > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("machine memory of " + bytes + " bytes");
    }
    this.frames = (int) (bytes >>> Gpa.PAGE_SHIFT);
    this.references = new int[frames];
    this.used = new BitSet(frames);
    this.fd = Host.memfdCreate("ringside-machine", bytes);
    int access = Host.PROT_READ | Host.PROT_WRITE;
    this.base = Host.mmap(0, bytes, access, Host.MAP_SHARED | Host.MAP_NORESERVE, fd, 0);
  }

  /** A zeroed frame with one reference, or -1 when the machine is full. */
  public synchronized long allocate() {
    int mfn = used.nextClearBit(0);
    if (mfn >= frames) {
      return -1;
    }
    used.set(mfn);
    usedCount++;
    references[mfn] = 1;
    return mfn;
  }

  /**
   * As many zeroed, contiguous frames with one reference each.
   *
   * @return the first mfn, or -1 when there is no such run
   */
  public synchronized long allocateRun(int count) {
    int start = used.nextClearBit(0);
    while (start + (long) count <= frames) {
      int busy = used.nextSetBit(start);
      if (busy < 0 || busy >= start + count) {
        used.set(start, start + count);
        usedCount += count;
        Arrays.fill(references, start, start + count, 1);
        return start;
      }
      start = used.nextClearBit(busy);
    }
    return -1;
  }

  /** One more reference to a frame in use. */
  public synchronized void retain(long mfn) {
    checkUsed(mfn);
    references[(int) mfn]++;
  }

  /** One reference less; the last one frees and zeroes the frame. */
  public void release(long mfn) {
    releaseRun(mfn, 1);
  }

  /** One reference less for each frame of a run; those freed go back to the host together. */
  synchronized void releaseRun(long first, int count) {
    long freed = 0;
    for (long mfn = first; mfn < first + count; mfn++) {
      checkUsed(mfn);
      if (--references[(int) mfn] == 0) {
        used.clear((int) mfn);
        usedCount--;
        freed++;
      } else {
        giveBack(mfn - freed, freed);
        freed = 0;
      }
    }
    giveBack(first + count - freed, freed);
  }

  private void giveBack(long mfn, long count) {
    if (count > 0) {
      Host.punchHole(fd, mfn << Gpa.PAGE_SHIFT, count << Gpa.PAGE_SHIFT);
    }
  }

  public synchronized int references(long mfn) {
    checkUsed(mfn);
    return references[(int) mfn];
  }

  public int frames() {
    return frames;
  }

  public synchronized int framesInUse() {
    return usedCount;
  }

  /** Seams of all spaces now; see {@link GuestSpace#mayBreak}. */
  public synchronized int seams() {
    return seams;
  }

  synchronized void addSeams(int change) {
    seams += change;
  }

  int fd() {
    return fd;
  }

  /** Host address of a frame in use, in the machine's own view of all its memory. */
  long host(long mfn) {
    checkUsed(mfn);
    return base + (mfn << Gpa.PAGE_SHIFT);
  }

  private void checkUsed(long mfn) {
    if (mfn < 0 || mfn >= frames || references[(int) mfn] == 0) {
      throw new IllegalArgumentException("mfn " + mfn + " is not in use");
    }
  }

  @Override
  public void close() {
    Host.munmap(base, (long) frames << Gpa.PAGE_SHIFT);
    Host.close(fd);
  }
}
