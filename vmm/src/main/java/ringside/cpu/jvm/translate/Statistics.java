package ringside.cpu.jvm.translate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the translator counts, over all processors of an engine. */
public final class Statistics {
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final Share gone = new Share();

  /** Regions that were asked for. */
  public final LongAdder requests = new LongAdder();

  /** Regions that were made. */
  public final LongAdder regions = new LongAdder();

  /** Instructions in them. */
  public final LongAdder instructions = new LongAdder();

  /** Bytes of bytecode. */
  public final LongAdder bytecode = new LongAdder();

  /** Blocks that found their region made by another. */
  public final LongAdder hits = new LongAdder();

  /** Regions that gave way to newer ones. */
  public final LongAdder dropped = new LongAdder();

  /** Times that a processor had to let go of a region since its code was written or moved. */
  public final LongAdder invalidations = new LongAdder();

  /** Ticks of one processor. Only the thread that runs it adds; others may read them late. */
  static final class Share {
    private long ticks;
    private long translated;

    void add(long executed, long inRegions) {
      ticks += executed;
      translated += inRegions;
    }
  }

  /** Of a new processor, until {@link #close}. */
  Share open() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** The processor is no more; what it executed still counts. */
  synchronized void close(Share share) {
    if (shares.remove(share)) {
      gone.add(share.ticks, share.translated);
    }
  }

  /** Ticks executed, translated or not. */
  public synchronized long ticks() {
    return gone.ticks + shares.stream().mapToLong(s -> s.ticks).sum();
  }

  /** Ticks executed in regions. */
  public synchronized long translatedTicks() {
    return gone.translated + shares.stream().mapToLong(s -> s.translated).sum();
  }

  void made(Region region) {
    regions.increment();
    instructions.add(region.shape.instructions());
    bytecode.add(region.bytecode);
  }
}
