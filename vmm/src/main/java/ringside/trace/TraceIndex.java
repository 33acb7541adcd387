package ringside.trace;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import ringside.trace.ItemCursor.Bad;

/**
 * Where the blocks of a file begin. A closed file is entered by its trailer, from which the index
 * items lead back; any other counts as one block.
 */
final class TraceIndex {
  /** A block: where its first item is, and id and time of its first event. */
  record Block(long start, long firstId, long firstTime) {}

  /** An index item. Offsets of definitions are absolute. */
  record Entry(Block block, long records, long previous, List<Long> definitions) {
    /** Reads all but the checksum. */
    static Entry read(ItemCursor item) throws Bad {
      long firstId = item.u64();
      long records = item.u32();
      long firstTime = item.u64();
      long start = item.u64();
      long previous = item.u64();
      long count = item.u32();
      if (firstId < 1 || count > item.left() / 4) {
        throw new Bad(item.at(), "an index that cannot be");
      }
      List<Long> definitions = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        definitions.add(start + item.u32());
      }
      return new Entry(new Block(start, firstId, firstTime), records, previous, definitions);
    }
  }

  private final List<Block> blocks;
  private final Definitions definitions;

  private TraceIndex(List<Block> blocks, Definitions definitions) {
    this.blocks = blocks;
    this.definitions = definitions;
  }

  static TraceIndex of(MemorySegment file, long bodyStart) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(bodyStart, 1, 0));
    try {
      Definitions definitions = new Definitions();
      for (Entry entry : fromTrailer(file, bodyStart)) {
        for (long offset : entry.definitions()) {
          define(item(file, bodyStart, offset), definitions);
        }
        blocks.add(entry.block());
      }
      return new TraceIndex(blocks, definitions);
    } catch (Bad e) {
      // Not closed, or damaged: one block that begins at the start is always right, only slower.
      return new TraceIndex(blocks.subList(0, 1), null);
    }
  }

  /** Every definition of the file, with which reading may begin at any block. */
  Optional<Definitions> definitions() {
    return Optional.ofNullable(definitions);
  }

  private static List<Entry> fromTrailer(MemorySegment file, long bodyStart) throws Bad {
    ItemCursor trailer = item(file, bodyStart, file.byteSize() - TraceFormat.TRAILER_SIZE);
    if (trailer.u16() != TraceFormat.TRAILER) {
      throw new Bad(trailer.at(), "no trailer");
    }
    trailer.u64();
    trailer.u64();
    List<Entry> entries = new ArrayList<>();
    long before = file.byteSize();
    for (long at = trailer.u64(); at != 0; at = entries.getLast().previous()) {
      ItemCursor item = item(file, bodyStart, at);
      if (at >= before || item.u16() != TraceFormat.INDEX) {
        throw new Bad(at, "no index");
      }
      before = at;
      Entry entry = Entry.read(item);
      if (entry.block().start() < bodyStart || entry.block().start() > at) {
        throw new Bad(at, "an index that cannot be");
      }
      entries.add(entry);
    }
    Collections.reverse(entries);
    return entries;
  }

  private static void define(ItemCursor item, Definitions definitions) throws Bad {
    int kind = item.u16();
    switch (kind) {
      case TraceFormat.STRING -> definitions.defineString(item);
      case TraceFormat.TYPE -> definitions.defineType(item);
      default -> throw new Bad(item.at(), "no definition");
    }
  }

  /** An item from its kind on. */
  private static ItemCursor item(MemorySegment file, long bodyStart, long offset) throws Bad {
    if (offset < bodyStart || offset > file.byteSize()) {
      throw new Bad(offset, "no item");
    }
    ItemCursor head = new ItemCursor(file, offset, file.byteSize());
    long size = head.u32();
    if (size < TraceFormat.ITEM_HEADER || size > file.byteSize() - offset) {
      throw new Bad(offset, "no item");
    }
    return new ItemCursor(file, head.at(), offset + size);
  }

  /** The block in which the event of this id is, if the file has it. */
  Block blockOfEvent(long id) {
    Block found = blocks.getFirst();
    for (Block block : blocks) {
      if (block.firstId() <= id) {
        found = block;
      }
    }
    return found;
  }

  /** The last block that begins before this time. */
  Block blockOfTime(long time) {
    Block found = blocks.getFirst();
    for (Block block : blocks) {
      if (block.firstTime() < time) {
        found = block;
      }
    }
    return found;
  }
}
