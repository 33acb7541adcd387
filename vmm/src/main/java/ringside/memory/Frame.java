package ringside.memory;

/**
 * One machine frame that the hypervisor itself looks into: shared info, grant table, ring pages.
 *
 * <p>Invariant: an open Frame holds one reference, so the frame stays what it is however the guest
 * rearranges its p2m. Offsets are checked against the page; a miss is a bug of ours.
 */
public final class Frame implements AutoCloseable {
  private final MachineMemory machine;
  private final long mfn;
  private final long host;

  private Frame(MachineMemory machine, long mfn) {
    this.machine = machine;
    this.mfn = mfn;
    this.host = machine.host(mfn);
  }

  /** A fresh zeroed frame, or null when the machine is full. */
  public static Frame allocate(MachineMemory machine) {
    long mfn = machine.allocate();
    return mfn < 0 ? null : new Frame(machine, mfn);
  }

  /** One more reference to a frame in use. */
  public static Frame of(MachineMemory machine, long mfn) {
    machine.retain(mfn);
    return new Frame(machine, mfn);
  }

  public long mfn() {
    return mfn;
  }

  /** Makes this frame appear at a gfn too, with a reference of its own. */
  public void mapInto(GuestSpace space, long gfn, Access access) {
    machine.retain(mfn);
    space.map(gfn, mfn, access);
  }

  public void read(int offset, byte[] into, int at, int length) {
    HostBytes.read(at(offset, length), into, at, length);
  }

  public void write(int offset, byte[] from, int at, int length) {
    HostBytes.write(at(offset, length), from, at, length);
  }

  public int u8(int offset) {
    return HostBytes.u8(at(offset, 1));
  }

  public void u8(int offset, int value) {
    HostBytes.u8(at(offset, 1), value);
  }

  public int u16(int offset) {
    return HostBytes.u16(at(offset, 2));
  }

  public void u16(int offset, int value) {
    HostBytes.u16(at(offset, 2), value);
  }

  public int u32(int offset) {
    return HostBytes.u32(at(offset, 4));
  }

  public void u32(int offset, int value) {
    HostBytes.u32(at(offset, 4), value);
  }

  public long u64(int offset) {
    return HostBytes.u64(at(offset, 8));
  }

  public void u64(int offset, long value) {
    HostBytes.u64(at(offset, 8), value);
  }

  /** Acquire/release accesses to an aligned word, for indices that a guest moves meanwhile. */
  public int volatileU32(int offset) {
    return HostBytes.volatileU32(word(offset));
  }

  /** Seen by others after everything that was stored before; aligned. */
  public void releaseU32(int offset, int value) {
    HostBytes.releaseU32(word(offset), value);
  }

  public void volatileU32(int offset, int value) {
    HostBytes.volatileU32(word(offset), value);
  }

  /** Sets bits of an aligned word; returns what it held before. Atomic against all vCPUs. */
  public int orU32(int offset, int bits) {
    return HostBytes.orU32(word(offset), bits);
  }

  /** Keeps only the bits of the mask; returns what the aligned word held before. Atomic. */
  public int andU32(int offset, int mask) {
    return HostBytes.andU32(word(offset), mask);
  }

  public boolean compareAndSetU32(int offset, int expected, int value) {
    return HostBytes.compareAndSetU32(word(offset), expected, value);
  }

  /** Of an aligned word: no host promises an atomic access of another. */
  private long word(int offset) {
    if (offset % Integer.BYTES != 0) {
      throw new IndexOutOfBoundsException("offset " + offset + " of a word in a frame");
    }
    return at(offset, Integer.BYTES);
  }

  private long at(int offset, int length) {
    if (offset < 0 || length < 0 || offset > Gpa.PAGE_SIZE - length) {
      throw new IndexOutOfBoundsException("offset " + offset + ", " + length + " bytes in a frame");
    }
    return host + offset;
  }

  @Override
  public void close() {
    machine.release(mfn);
  }
}
