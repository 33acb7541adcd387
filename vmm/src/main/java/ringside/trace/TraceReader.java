package ringside.trace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import ringside.trace.ItemCursor.Bad;

/**
 * Reads a trace file event by event. A file that is truncated or corrupt is read as far as it goes:
 * {@link #next} then finds no more, and {@link #end} says at which byte, and why. Only a header
 * that cannot be used is an exception.
 *
 * <p>A checksum covers each block of some thousand events. The events of a block whose checksum is
 * wrong, but whose items still make sense, are given out before the end is reported.
 */
public final class TraceReader implements AutoCloseable {
  private static final long CRC_STEP = 1 << 20;

  private final Arena arena;
  private final MemorySegment file;
  private final TraceHeader header;
  private final long bodyStart;
  private Definitions definitions = new Definitions();
  private long at;
  private long records;
  private long blockStart;
  private TraceEnd end;
  private TraceIndex index;

  private TraceReader(Arena arena, MemorySegment file) throws TraceFormatException {
    this.arena = arena;
    this.file = file;
    ItemCursor cursor = new ItemCursor(file, 0, file.byteSize());
    try {
      header = readHeader(cursor);
    } catch (Bad e) {
      throw new TraceFormatException(e.offset, e.getMessage());
    }
    bodyStart = cursor.at();
    at = bodyStart;
    blockStart = bodyStart;
  }

  /**
   * Opens a file.
   *
   * @throws TraceFormatException when it is no trace of a version that this reader knows
   */
  public static TraceReader open(Path path) throws IOException, TraceFormatException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new TraceReader(
          arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException | TraceFormatException e) {
      arena.close();
      throw e;
    }
  }

  /** Reads a file that is in memory. */
  static TraceReader of(byte[] bytes) throws TraceFormatException {
    return new TraceReader(Arena.ofShared(), MemorySegment.ofArray(bytes));
  }

  public TraceHeader header() {
    return header;
  }

  /** The event types met so far. */
  public List<EventSchema> types() {
    return definitions.types();
  }

  /** The next event, or null when there are no more. */
  public TraceRecord next() {
    while (end == null) {
      try {
        TraceRecord record = item();
        if (record != null) {
          return record;
        }
      } catch (Bad e) {
        end = new TraceEnd(TraceEnd.State.CORRUPT, e.offset, records, 0, e.getMessage());
      }
    }
    return null;
  }

  /** Where the file ends; reads on to there. */
  public TraceEnd end() {
    while (next() != null) {}
    return end;
  }

  /** Reads on from the start again. */
  public void rewind() {
    moveTo(new TraceIndex.Block(bodyStart, 1, 0));
  }

  /**
   * Goes to an event, so that {@link #next} gives the one after it.
   *
   * @return the event, or nothing when the file has none of that id that can be read
   */
  public Optional<TraceRecord> find(long id) {
    moveTo(index().blockOfEvent(id));
    for (TraceRecord r = next(); r != null; r = next()) {
      if (r.id() == id) {
        return Optional.of(r);
      }
    }
    return Optional.empty();
  }

  /** Goes to a place from which every event of that virtual time or later still comes. */
  public void seekTime(long time) {
    moveTo(index().blockOfTime(time));
  }

  @Override
  public void close() {
    arena.close();
  }

  private TraceIndex index() {
    if (index == null) {
      index = TraceIndex.of(file, bodyStart);
      index.definitions().ifPresent(all -> definitions = all);
    }
    return index;
  }

  private void moveTo(TraceIndex.Block block) {
    at = block.start();
    blockStart = block.start();
    records = block.firstId() - 1;
    end = null;
  }

  /** Takes the item at {@link #at}: an event, or null when it was something else or the end. */
  private TraceRecord item() throws Bad {
    long left = file.byteSize() - at;
    if (left == 0) {
      truncated("there is no trailer");
      return null;
    }
    if (left < TraceFormat.ITEM_HEADER) {
      truncated("only " + left + " bytes of an item are there");
      return null;
    }
    ItemCursor head = new ItemCursor(file, at, file.byteSize());
    long size = head.u32();
    int kind = head.u16();
    if (size < TraceFormat.ITEM_HEADER) {
      throw new Bad(at, "an item of " + size + " bytes");
    }
    if (size > left) {
      truncated("the item has " + size + " bytes, of which " + left + " are there");
      return null;
    }
    ItemCursor item = new ItemCursor(file, head.at(), at + size);
    TraceRecord record =
        switch (kind) {
          case TraceFormat.STRING -> {
            definitions.defineString(item);
            yield null;
          }
          case TraceFormat.TYPE -> {
            definitions.defineType(item);
            yield null;
          }
          case TraceFormat.INDEX -> {
            endBlock(item);
            yield null;
          }
          case TraceFormat.TRAILER -> {
            trailer(item);
            yield null;
          }
          default -> event(kind, item);
        };
    if (item.left() != 0) {
      throw new Bad(item.at(), item.left() + " bytes too many in an item of kind " + kind);
    }
    at += size;
    return record;
  }

  private TraceRecord event(int kind, ItemCursor item) throws Bad {
    EventSchema schema = definitions.type(kind, at);
    int domain = item.s16();
    int vcpu = item.s16();
    long time = item.u64();
    long causeAt = item.at();
    long cause = item.u64();
    if (cause < 0 || cause > records) {
      throw new Bad(causeAt, "the cause, " + cause + ", is not an earlier event");
    }
    List<Value> values = definitions.values(schema, item);
    if (item.left() != 0) {
      throw new Bad(item.at(), item.left() + " bytes too many in an event of " + schema.name());
    }
    return new TraceRecord(at, ++records, cause, time, domain, vcpu, schema, values);
  }

  private void endBlock(ItemCursor item) throws Bad {
    TraceIndex.Entry entry = TraceIndex.Entry.read(item);
    checkCrc(item);
    long last = entry.block().firstId() + entry.records() - 1;
    if (entry.block().start() != blockStart || last != records) {
      throw new Bad(at, "the index tells of other events than those before it");
    }
    blockStart = item.at();
  }

  private void trailer(ItemCursor item) throws Bad {
    long written = item.u64();
    long lost = item.u64();
    item.u64();
    checkCrc(item);
    if (written != records) {
      throw new Bad(at, "the trailer tells of " + written + " events");
    }
    if (item.at() != file.byteSize()) {
      throw new Bad(item.at(), "there is something after the trailer");
    }
    end = new TraceEnd(TraceEnd.State.COMPLETE, item.at(), records, lost, "");
  }

  private void checkCrc(ItemCursor item) throws Bad {
    long crcAt = item.at();
    if (item.u32() != crc(blockStart, crcAt)) {
      throw new Bad(
          at,
          "the bytes from " + blockStart + " on are not what was written: their checksum differs");
    }
  }

  private long crc(long from, long to) {
    CRC32C crc = new CRC32C();
    for (long start = from; start < to; start += CRC_STEP) {
      crc.update(file.asSlice(start, Math.min(CRC_STEP, to - start)).asByteBuffer());
    }
    return crc.getValue();
  }

  private void truncated(String reason) {
    end = new TraceEnd(TraceEnd.State.TRUNCATED, at, records, 0, reason);
  }

  private TraceHeader readHeader(ItemCursor cursor) throws Bad {
    for (byte expected : TraceFormat.MAGIC) {
      if (cursor.left() == 0 || cursor.u8() != Byte.toUnsignedInt(expected)) {
        throw new Bad(0, "this is not a Ringside trace: it begins with other bytes");
      }
    }
    int version = cursor.u16();
    if (version != TraceFormat.VERSION) {
      throw new Bad(
          TraceFormat.MAGIC.length,
          "format version " + version + "; this Ringside reads version " + TraceFormat.VERSION);
    }
    cursor.u16();
    long length = cursor.u32();
    if (length + 4 > cursor.left()) {
      throw new Bad(cursor.at(), "the header is cut short");
    }
    ItemCursor properties = new ItemCursor(file, cursor.at(), cursor.at() + length);
    ItemCursor tail = new ItemCursor(file, cursor.at() + length, cursor.at() + length + 4);
    if (tail.u32() != crc(0, cursor.at() + length)) {
      throw new Bad(0, "the header's checksum is wrong: its bytes are not what was written");
    }
    SortedMap<String, String> map = new TreeMap<>();
    while (properties.left() > 0) {
      map.put(properties.text32(), properties.text32());
    }
    cursor.bytes(length + 4);
    return new TraceHeader(map);
  }
}
