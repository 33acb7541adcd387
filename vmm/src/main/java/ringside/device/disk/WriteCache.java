package ringside.device.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import ringside.memory.Copies;

/**
 * A volatile write cache before another disk, as NVMe has it (NVM Express 1.4, section 5.21.1.6):
 * what it holds is read back, and is lost when power fails, unless a flush came first.
 *
 * <p>Invariant: the disk behind it, overlaid with the cached writes in their order, is what readers
 * see. A write leaves the cache only to the disk, and not before all older ones that it overlaps;
 * what was flushed or written through is not in the cache any more.
 *
 * <p>Does not: speed anything up; it is there for what it may lose. It asks the disk behind it to
 * flush only when it is flushed itself.
 */
public final class WriteCache implements Disk {
  /**
   * What one cache holds at most unless told otherwise, in bytes: a few of the longest writes of
   * NVMe controllers, yet so few that they are in the host's cache still when they are written
   * back.
   */
  public static final long DEFAULT_CAPACITY = 2L << 20;

  private static final int MAX_EXTENTS = 1 << 16;

  private final Disk disk;
  private final int blockBytes;
  private final int atomicBytes;
  private final long capacity;
  private final ArrayDeque<Extent> log = new ArrayDeque<>();
  private final Overlay overlay = new Overlay();
  private final BufferPool pool;
  private final Copies copies;
  private long cost;
  private long sequence;

  /**
   * @param blockBytes size of a logical block: a power cut never tears one
   * @param atomicBytes no power cut tears a write of up to so many bytes either (NVMe: AWUPF)
   * @param capacity bytes it holds at most before it writes the oldest back
   */
  public WriteCache(Disk disk, int blockBytes, int atomicBytes, long capacity) {
    this(disk, blockBytes, atomicBytes, capacity, new Copies(false));
  }

  /**
   * As the other.
   *
   * @param copies what is read and written is copied by these; the disk behind it has the same, or
   *     they have no helpers
   */
  public WriteCache(Disk disk, int blockBytes, int atomicBytes, long capacity, Copies copies) {
    if (blockBytes < 1 || atomicBytes < blockBytes || capacity < 0) {
      throw new IllegalArgumentException(
          "blocks of %d bytes, %d atomic, %d cached".formatted(blockBytes, atomicBytes, capacity));
    }
    this.disk = disk;
    this.blockBytes = blockBytes;
    this.atomicBytes = atomicBytes;
    this.capacity = capacity;
    this.pool = new BufferPool(capacity);
    this.copies = copies;
  }

  @Override
  public long bytes() {
    return disk.bytes();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    Ranges.check(this, offset, into.remaining());
    long at = offset;
    int limit = into.limit();
    for (Overlay.Segment segment : overlay.within(offset, offset + into.remaining())) {
      readBehind(at, into, (int) (segment.start() - at));
      int length = (int) (segment.end() - segment.start());
      if (segment.extent().content() == null) {
        Zeroes.put(copies, into, length);
      } else {
        ByteBuffer cached = segment.extent().slice(segment.start(), segment.end());
        copies.copy(into, into.position(), cached, cached.position(), length);
        into.position(into.position() + length);
      }
      at = segment.end();
    }
    readBehind(at, into, limit - into.position());
  }

  private void readBehind(long offset, ByteBuffer into, int length) throws IOException {
    if (length > 0) {
      int limit = into.limit();
      disk.read(offset, into.limit(into.position() + length));
      into.limit(limit);
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    int length = from.remaining();
    Ranges.check(this, offset, length);
    if (length > 0) {
      ByteBuffer content = pool.take(length);
      copies.copy(content, 0, from, from.position(), length);
      from.position(from.limit());
      content.limit(length);
      add(new Extent(sequence++, offset, length, content, false));
    }
  }

  /** Older writes that it overlaps reach the disk before it, so that none comes back later. */
  @Override
  public void writeThrough(long offset, ByteBuffer from) throws IOException {
    Ranges.check(this, offset, from.remaining());
    long newest =
        overlay.within(offset, offset + from.remaining()).stream()
            .mapToLong(segment -> segment.extent().sequence())
            .max()
            .orElse(-1);
    while (!log.isEmpty() && log.peek().sequence() <= newest) {
      writeBackOldest();
    }
    disk.writeThrough(offset, from);
  }

  @Override
  public void zero(long offset, long length, boolean deallocate) throws IOException {
    Ranges.check(this, offset, length);
    if (length > 0) {
      add(new Extent(sequence++, offset, length, null, deallocate));
    }
  }

  private void add(Extent extent) throws IOException {
    log.add(extent);
    overlay.add(extent);
    cost += extent.cost();
    while (cost > capacity || log.size() > MAX_EXTENTS) {
      writeBackOldest();
    }
  }

  /** As a whole, though newer ones may hide parts of it: those could be lost while it is not. */
  private void writeBackOldest() throws IOException {
    Extent oldest = log.peek();
    ByteBuffer left = oldest.content();
    if (left == null) {
      disk.zero(oldest.offset(), oldest.length(), oldest.deallocate());
    } else {
      left = disk.exchange(oldest.offset(), left, (int) oldest.length());
    }
    log.remove();
    overlay.remove(oldest);
    forget(oldest, left);
  }

  private void apply(Extent extent, long from, long to) throws IOException {
    if (extent.content() == null) {
      disk.zero(from, to - from, extent.deallocate());
    } else {
      disk.write(from, extent.slice(from, to));
    }
  }

  /**
   * @param left a buffer that it leaves behind, or null
   */
  private void forget(Extent extent, ByteBuffer left) {
    cost -= extent.cost();
    if (left != null) {
      pool.giveBack(left);
    }
  }

  /** Writes back what readers see, each byte once, and flushes the disk. */
  @Override
  public void flush() throws IOException {
    for (Overlay.Segment segment : overlay.all()) {
      apply(segment.extent(), segment.start(), segment.end());
    }
    empty();
    disk.flush();
  }

  private void empty() {
    overlay.clear();
    log.forEach(extent -> forget(extent, extent.content()));
    log.clear();
  }

  /**
   * What a power cut now would keep or lose, each as a whole and independently of the others, in
   * the order of the writes: the writes that no cut tears, and the blocks of the longer ones.
   *
   * <p>A list as long as the cache is full: for small cases, whose cuts shall be tried one by one.
   */
  public List<CachedUnit> units() {
    List<CachedUnit> units = new ArrayList<>();
    for (Extent extent : log) {
      for (long at = extent.offset(); at < extent.end(); ) {
        long end = unitEnd(extent, at);
        units.add(new CachedUnit(extent.sequence(), at, end - at));
        at = end;
      }
    }
    return units;
  }

  private long unitEnd(Extent extent, long at) {
    long blockEnd = (at / blockBytes + 1) * blockBytes;
    return extent.length() <= atomicBytes ? extent.end() : Math.min(extent.end(), blockEnd);
  }

  /**
   * Power fails, and comes back: of {@link #units}, those whose bit is set have reached the disk,
   * the others never will. The cache is empty afterwards.
   */
  public void powerCut(BitSet survivors) throws IOException {
    int index = 0;
    for (Extent extent : log) {
      for (long at = extent.offset(); at < extent.end(); index++) {
        long end = unitEnd(extent, at);
        if (survivors.get(index)) {
          apply(extent, at, end);
        }
        at = end;
      }
    }
    empty();
  }

  /** As the other, but chance chooses; a write that is torn is torn in few places. */
  public void powerCut(RandomGenerator random) throws IOException {
    for (Extent extent : log) {
      switch (random.nextInt(3)) {
        case 0 -> {} // lost
        case 1 -> apply(extent, extent.offset(), extent.end());
        default -> tear(extent, random);
      }
    }
    empty();
  }

  private void tear(Extent extent, RandomGenerator random) throws IOException {
    boolean survives = random.nextBoolean();
    long at = extent.offset();
    while (at < extent.end()) {
      long far = at + random.nextLong(extent.length());
      long end = far < extent.end() ? unitEnd(extent, far) : extent.end();
      if (survives) {
        apply(extent, at, end);
      }
      survives = !survives;
      at = end;
    }
  }

  /** Flushes first: this is an orderly end. */
  @Override
  public void close() throws IOException {
    try (disk) {
      flush();
    }
  }
}
