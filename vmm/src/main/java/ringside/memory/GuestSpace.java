package ringside.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One domain's guest-physical space: {@link #SIZE} bytes of reserved host addresses into which the
 * frames it may see are mapped at gfn x 4096.
 *
 * <p>Invariant: {@code host = base + gpa} holds for every gpa below SIZE, and touching any such
 * host address is always safe for the JVM. Where no frame is mapped, private scratch memory stands
 * in; a read-only frame is mapped privately, so that not even a wild store of an engine reaches its
 * owner.
 *
 * <p>The accessors here are the one door for guest-physical addresses: overflow, bounds and access
 * are checked before anything is touched. All multi-byte values are little endian.
 */
public final class GuestSpace implements AutoCloseable {
  /** Bytes of guest-physical space; CPUID reports 36 physical address bits. */
  public static final long SIZE = 1L << 36;

  /** Seams that one space may have, so that no domain takes all of the machine's. */
  public static final int MAX_SEAMS = 8_192;

  /** Hears of every change of the p2m, after it happened. Called under the caller's locks. */
  public interface Listener {
    void changed(long gfn, long count, Access access);
  }

  private final MachineMemory machine;
  private final long base;
  private final P2m p2m = new P2m(SIZE >>> Gpa.PAGE_SHIFT);
  private final List<Listener> listeners = new ArrayList<>();
  private int seams;

  public GuestSpace(MachineMemory machine) {
    this.machine = machine;
    this.base =
        Host.mmap(
            0,
            SIZE,
            Host.PROT_READ | Host.PROT_WRITE,
            Host.MAP_PRIVATE | Host.MAP_ANONYMOUS | Host.MAP_NORESERVE,
            -1,
            0);
  }

  /** Host address of gpa 0. Only engines use it. */
  public long base() {
    return base;
  }

  public MachineMemory machine() {
    return machine;
  }

  /** Tells the listener of all that is mapped already, run by run, then of each change. */
  public void listenFromNow(Listener listener) {
    long[] run = {-1, 0};
    Access[] access = {Access.NONE};
    p2m.forEachGfn(
        gfn -> {
          Access here = p2m.access(gfn);
          if (run[0] >= 0 && run[0] + run[1] == gfn && access[0] == here) {
            run[1]++;
            return;
          }
          if (run[0] >= 0) {
            listener.changed(run[0], run[1], access[0]);
          }
          run[0] = gfn;
          run[1] = 1;
          access[0] = here;
        });
    if (run[0] >= 0) {
      listener.changed(run[0], run[1], access[0]);
    }
    listeners.add(listener);
  }

  public void forget(Listener listener) {
    listeners.remove(listener);
  }

  /** The machine frame behind a gfn, or -1 for a hole or a gfn outside the space. */
  public long mfn(long gfn) {
    return inSpace(gfn) ? p2m.mfn(gfn) : -1;
  }

  public Access access(long gfn) {
    return inSpace(gfn) ? p2m.access(gfn) : Access.NONE;
  }

  /** The lowest gfn that a machine frame is at, or -1. Looks at all of them. */
  public long gfnOf(long mfn) {
    return p2m.gfnOf(mfn);
  }

  /** The highest gfn with a frame, or -1. */
  public long highestGfn() {
    return p2m.highest();
  }

  /** How many gfns have a frame. */
  public int mappedPages() {
    return p2m.count();
  }

  public static boolean inSpace(long gfn) {
    return gfn >= 0 && gfn < SIZE >>> Gpa.PAGE_SHIFT;
  }

  // Seams. Where two neighbouring gfns do not continue each other, the host needs one more mapping,
  // and it has only so many. Whoever changes the p2m because a guest says so asks here first.

  /**
   * True when the page at a gfn, and {@code more} beside, may become a hole: always, when that cuts
   * nothing, as at the end of a run.
   */
  public boolean mayUnmap(long gfn, int more) {
    return mayBreak(2 + more) || cut(gfn, gfn - 1) + cut(gfn, gfn + 1) <= 0;
  }

  /** What the border to a neighbour adds to the seams when the gfn becomes a hole. */
  private int cut(long gfn, long neighbour) {
    if (!inSpace(neighbour)) {
      return 0;
    }
    boolean hole = p2m.access(neighbour) == Access.NONE;
    boolean seam = seamsIn(Math.max(gfn, neighbour), 0) > 0;
    return hole ? -1 : seam ? 0 : 1;
  }

  /** True when the p2m may get so many seams more. A changed run of gfns has two, at its ends. */
  public boolean mayBreak(int more) {
    return seams + more <= MAX_SEAMS && machine.seams() + more <= MachineMemory.MAX_SEAMS;
  }

  /** Seams that this space has, or has been promised. */
  public int seams() {
    return seams;
  }

  /**
   * Keeps seams for a change that will have to be possible later (or, negative, gives them back).
   */
  public void keepSeams(int count) {
    seams += count;
    machine.addSeams(count);
  }

  /** How many of the borders of the run, its ends included, are seams. */
  private int seamsIn(long gfn, long count) {
    int found = 0;
    for (long i = Math.max(gfn, 1); i <= gfn + count && inSpace(i); i++) {
      Access access = p2m.access(i);
      boolean smooth =
          access == p2m.access(i - 1)
              && (access == Access.NONE || p2m.mfn(i) == p2m.mfn(i - 1) + 1);
      found += smooth ? 0 : 1;
    }
    return found;
  }

  /**
   * Puts fresh zeroed frames at the gfns, in one run of the machine if there is one, else in
   * pieces. False when the machine is full; then the gfns are as before, or holes.
   */
  public boolean populate(long gfn, int count) {
    if (!mayBreak(2)) {
      return false;
    }
    long mfn = machine.allocateRun(count);
    if (mfn >= 0) {
      mapRun(gfn, mfn, count, Access.READ_WRITE);
      return true;
    }
    int half = count / 2;
    if (half == 0 || machine.framesInUse() + count > machine.frames() || !populate(gfn, half)) {
      return false;
    }
    if (populate(gfn + half, count - half)) {
      return true;
    }
    for (int i = 0; i < half; i++) {
      unmap(gfn + i);
    }
    return false;
  }

  /**
   * Makes {@code mfn} visible at {@code gfn} and takes over one reference of the caller's. What was
   * there before is released.
   */
  public void map(long gfn, long mfn, Access access) {
    mapRun(gfn, mfn, 1, access);
  }

  /** Makes the gfn a hole and releases its frame. No effect on a hole. */
  public void unmap(long gfn) {
    if (mfn(gfn) >= 0) {
      unmapRun(gfn, 1);
    }
  }

  /**
   * As {@link #unmap} for a run of gfns, each of which has a frame, with one change of the host.
   */
  public void unmapRun(long gfn, int count) {
    int before = seamsIn(gfn, count);
    List<Run> gone = new ArrayList<>();
    long start = mfn(gfn);
    int length = 0;
    for (long i = gfn; i < gfn + count; i++) {
      long mfn = p2m.mfn(i);
      if (mfn != start + length) {
        gone.add(new Run(start, length));
        start = mfn;
        length = 0;
      }
      length++;
      p2m.set(i, -1, Access.NONE);
    }
    gone.add(new Run(start, length));
    keepSeams(seamsIn(gfn, count) - before);
    Host.mmap(
        base + (gfn << Gpa.PAGE_SHIFT),
        (long) count << Gpa.PAGE_SHIFT,
        Host.PROT_READ | Host.PROT_WRITE,
        Host.MAP_PRIVATE | Host.MAP_ANONYMOUS | Host.MAP_NORESERVE | Host.MAP_FIXED,
        -1,
        0);
    gone.forEach(run -> machine.releaseRun(run.mfn(), run.count()));
    tell(gfn, count, Access.NONE);
  }

  /** Frames that follow one another in the machine. */
  private record Run(long mfn, int count) {}

  /** As {@link #map} for a run of gfns and of machine frames, with one change of the host. */
  public void mapRun(long gfn, long mfn, int count, Access access) {
    if (!inSpace(gfn) || !inSpace(gfn + count - 1) || access == Access.NONE) {
      throw new IllegalArgumentException("gfn 0x" + Long.toHexString(gfn) + " as " + access);
    }
    Host.mmap(
        base + (gfn << Gpa.PAGE_SHIFT),
        (long) count << Gpa.PAGE_SHIFT,
        Host.PROT_READ | Host.PROT_WRITE,
        (access == Access.READ_ONLY ? Host.MAP_PRIVATE : Host.MAP_SHARED) | Host.MAP_FIXED,
        machine.fd(),
        mfn << Gpa.PAGE_SHIFT);
    int before = seamsIn(gfn, count);
    for (int i = 0; i < count; i++) {
      long old = p2m.mfn(gfn + i);
      p2m.set(gfn + i, mfn + i, access);
      if (old >= 0) {
        machine.release(old);
      }
    }
    keepSeams(seamsIn(gfn, count) - before);
    tell(gfn, count, access);
  }

  private void tell(long gfn, long count, Access access) {
    for (Listener listener : listeners) {
      listener.changed(gfn, count, access);
    }
  }

  /** Every gfn that has a frame, in rising order. */
  public void forEachGfn(java.util.function.LongConsumer action) {
    p2m.forEachGfn(action);
  }

  // The door. Reads need a frame, writes a frame with READ_WRITE access, for every page touched.

  public void read(Gpa gpa, byte[] into, int offset, int length) throws GuestFault {
    HostBytes.read(host(gpa, length, false), into, offset, length);
  }

  public byte[] read(Gpa gpa, int length) throws GuestFault {
    long host = host(gpa, length, false);
    byte[] bytes = new byte[length];
    HostBytes.read(host, bytes, 0, length);
    return bytes;
  }

  public void write(Gpa gpa, byte[] from, int offset, int length) throws GuestFault {
    HostBytes.write(host(gpa, length, true), from, offset, length);
  }

  public void write(Gpa gpa, byte[] from) throws GuestFault {
    write(gpa, from, 0, from.length);
  }

  public void fill(Gpa gpa, long length, int value) throws GuestFault {
    HostBytes.fill(host(gpa, length, true), length, value);
  }

  public int u8(Gpa gpa) throws GuestFault {
    return HostBytes.u8(host(gpa, 1, false));
  }

  public void u8(Gpa gpa, int value) throws GuestFault {
    HostBytes.u8(host(gpa, 1, true), value);
  }

  public int u16(Gpa gpa) throws GuestFault {
    return HostBytes.u16(host(gpa, 2, false));
  }

  public void u16(Gpa gpa, int value) throws GuestFault {
    HostBytes.u16(host(gpa, 2, true), value);
  }

  public int u32(Gpa gpa) throws GuestFault {
    return HostBytes.u32(host(gpa, 4, false));
  }

  public void u32(Gpa gpa, int value) throws GuestFault {
    HostBytes.u32(host(gpa, 4, true), value);
  }

  public long u64(Gpa gpa) throws GuestFault {
    return HostBytes.u64(host(gpa, 8, false));
  }

  public void u64(Gpa gpa, long value) throws GuestFault {
    HostBytes.u64(host(gpa, 8, true), value);
  }

  /**
   * The bytes themselves, little endian, for devices and bulk I/O. Valid until the p2m changes.
   *
   * @param write the caller will store into them
   */
  public ByteBuffer buffer(Gpa gpa, int length, boolean write) throws GuestFault {
    return HostBytes.buffer(host(gpa, length, write), length);
  }

  private long host(Gpa gpa, long length, boolean write) throws GuestFault {
    long first = gpa.value();
    if (length < 0 || first < 0 || length > SIZE - first) {
      throw new GuestFault("outside guest-physical space: gpa", first, length);
    }
    long last = first + length - 1 >> Gpa.PAGE_SHIFT;
    for (long gfn = first >>> Gpa.PAGE_SHIFT; gfn <= last; gfn++) {
      if (!p2m.permits(gfn, write)) {
        throw new GuestFault((write ? "not writable: gpa" : "no memory at gpa"), first, length);
      }
    }
    return base + first;
  }

  /** Releases every frame and the host addresses. Accessing the space afterwards is a bug. */
  @Override
  public void close() {
    releaseFrames();
    listeners.clear();
    keepSeams(-seams);
    Host.munmap(base, SIZE);
  }

  /** Frames that follow one another in the machine are released together. */
  private void releaseFrames() {
    long[] run = {-1, 0};
    p2m.forEachGfn(
        gfn -> {
          long mfn = p2m.mfn(gfn);
          if (run[0] + run[1] != mfn) {
            machine.releaseRun(run[0], (int) run[1]);
            run[0] = mfn;
            run[1] = 0;
          }
          run[1]++;
        });
    machine.releaseRun(run[0], (int) run[1]);
  }
}
