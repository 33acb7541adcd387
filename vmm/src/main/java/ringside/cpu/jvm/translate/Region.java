package ringside.cpu.jvm.translate;

import java.util.List;

/**
 * Translated code, for all processors of an engine that run the same bytes at the same addresses.
 *
 * <p>Invariant: its code does what the bytes of its parts say, in its mode, with flat segments.
 */
public final class Region {
  /** What code a part stands for. */
  record Bytes(long rip, byte[] code) {}

  final Shape shape;
  final RegionCode code;
  final List<Bytes> bytes;

  /** Of the method. */
  final int bytecode;

  /** XMM registers are used: not while SSE is switched off. */
  final boolean vectors;

  /** Taken out of the cache, to be attached no more. */
  volatile boolean dropped;

  /** {@link Translations#clock} when it was last entered; nothing depends on it being exact. */
  volatile long used;

  // Counted without synchronisation: near enough for statistics.
  long entries;
  long ticks;
  final long[] left = new long[Place.values().length];

  Region(RegionWriter.Result made, List<Bytes> bytes) {
    this.shape = made.shape();
    this.code = made.code();
    this.bytecode = made.size();
    this.vectors = !Registers.of(shape).xmms().isEmpty();
    this.bytes = bytes.stream().filter(b -> shape.at(b.rip()) >= 0).toList();
  }

  public long rip() {
    return shape.entry().rip();
  }

  @Override
  public String toString() {
    return "%x: %d blocks, %d instructions, %d bytes, %s; %d entries, %d ticks, left %s"
        .formatted(
            rip(),
            shape.parts().size(),
            shape.instructions(),
            bytecode,
            shape.flavour(),
            entries,
            ticks,
            java.util.Arrays.toString(left));
  }
}
