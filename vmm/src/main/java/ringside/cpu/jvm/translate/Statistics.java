package ringside.cpu.jvm.translate;

import java.util.concurrent.atomic.LongAdder;

/** What the translator counts, over all processors of an engine. */
public final class Statistics {
  /** Ticks executed, translated or not. */
  public final LongAdder ticks = new LongAdder();

  /** Ticks executed in regions. */
  public final LongAdder translatedTicks = new LongAdder();

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

  void made(Region region) {
    regions.increment();
    instructions.add(region.shape.instructions());
    bytecode.add(region.bytecode);
  }
}
