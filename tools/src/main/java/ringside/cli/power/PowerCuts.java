package ringside.cli.power;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ringside.device.disk.Disk;
import ringside.device.disk.DiskOp;
import ringside.device.disk.MemoryDisk;
import ringside.device.disk.WriteCache;

/**
 * What a power cut can leave of a disk, by all that was done to it: after every change, nothing of
 * the disk's cache, all of it, a torn part, and choices of its writes, all where there are few.
 *
 * <p>Invariant: what was flushed, or written with FUA, is in every image.
 */
final class PowerCuts {
  /** Of so many writes in the cache, every choice. */
  private static final int ALL_CHOICES = 4;

  private static final int RANDOM_CHOICES = 4;
  private static final int BLOCK = 512;
  private static final int WHOLE = 1 << 30;
  private static final long ROOM = 1L << 30;

  /** Looks at an image. */
  interface Judge {
    /**
     * @param changes of the disk before the cut
     * @param choice what the cut left, for people
     */
    void look(MemoryDisk image, int changes, String choice) throws IOException;
  }

  private final List<DiskOp> log;
  private final Judge judge;
  private final SplittableRandom random;
  private final MemoryDisk durable;
  private int epoch;

  /**
   * @param before what the disk held at first; changed
   * @param log what was done to it
   */
  PowerCuts(MemoryDisk before, List<DiskOp> log, long seed, Judge judge) {
    this.durable = before;
    this.log = log;
    this.judge = judge;
    this.random = new SplittableRandom(seed);
  }

  /** All images of cuts after so many changes or more. */
  void from(int first) throws IOException {
    for (int at = 0; at <= log.size(); at++) {
      if (at >= first) {
        cut(at);
      }
      if (at < log.size() && log.get(at) instanceof DiskOp.Flush) {
        replay(durable, at);
        epoch = at + 1;
      }
    }
  }

  private void replay(Disk disk, int to) throws IOException {
    for (DiskOp op : log.subList(epoch, to)) {
      op.replay(disk);
    }
  }

  private void cut(int at) throws IOException {
    int units = image(at, WHOLE, null).units;
    BitSet all = new BitSet();
    all.set(0, units);
    one(at, all);
    if (units == 0) {
      return;
    }
    one(at, new BitSet());
    if (log.get(at - 1) instanceof DiskOp.Write(_, _, boolean through) && !through) {
      choices(at, units, all);
    }
    Cut torn = image(at, BLOCK, null);
    torn.cache.powerCut(random);
    judge.look(torn.image, at, "torn");
  }

  /** With the last write there; without it, it is a choice of an earlier cut. */
  private void choices(int at, int units, BitSet all) throws IOException {
    if (units <= ALL_CHOICES) {
      for (long choice = 0; choice < (1L << units - 1) - 1; choice++) {
        one(at, BitSet.valueOf(new long[] {choice | 1L << units - 1}));
      }
      return;
    }
    for (int i = 0; i < units - 1; i++) {
      BitSet but = (BitSet) all.clone();
      but.clear(i);
      one(at, but);
    }
    for (int i = 0; i < RANDOM_CHOICES; i++) {
      BitSet any = BitSet.valueOf(random.longs(Math.ceilDiv(units, Long.SIZE)).toArray());
      any.set(units - 1);
      one(at, any);
    }
  }

  private record Cut(MemoryDisk image, WriteCache cache, int units) {}

  private Cut image(int at, int atomic, BitSet survivors) throws IOException {
    MemoryDisk image = durable.copy();
    WriteCache cache = new WriteCache(image, BLOCK, atomic, ROOM);
    replay(cache, at);
    int units = cache.units().size();
    if (survivors != null) {
      cache.powerCut(survivors);
    }
    return new Cut(image, cache, units);
  }

  private void one(int at, BitSet survivors) throws IOException {
    Cut cut = image(at, WHOLE, survivors);
    String lost =
        IntStream.range(0, cut.units)
            .filter(i -> !survivors.get(i))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    judge.look(cut.image, at, "of %d cached writes lost: %s".formatted(cut.units, lost));
  }
}
