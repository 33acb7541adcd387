package ringside.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events to a file of {@link TraceFormat}. Equal calls give equal bytes. Events are
 * gathered in memory and written a block at a time; what a JVM that dies has not written is gone.
 *
 * <p>When the file cannot be written, the machine goes on without its trace: every event from then
 * on, and those of the block that failed, are counted as lost, in the log, in {@link #lost} and, if
 * it can be written, in the file's trailer.
 *
 * <p>Any thread may emit; ids then follow the order of arrival.
 */
public final class TraceWriter implements Tracer {
  private static final Logger LOG = LoggerFactory.getLogger(TraceWriter.class);

  private record Type(int kind, EventSchema schema) {}

  private final String name;
  private final SeekableByteChannel file;
  private final EventGlobs globs;
  private final int blockRecords;
  private final Map<String, Type> types = new HashMap<>();
  private final StringTable strings = new StringTable(this::defineString);
  private final PayloadSink payload = new PayloadSink(strings);

  /** The block in the making, which starts at {@code blockStart} in the file. */
  private final Bytes block = new Bytes(TraceFormat.BLOCK_BYTES + (1 << 14));

  private final List<Integer> definitions = new ArrayList<>();
  private long blockStart;
  private long blockFirstId = 1;
  private long blockFirstTime;
  private long lastIndex;

  private long records;
  private long lost;
  private IOException failure;
  private boolean closed;

  TraceWriter(
      String name, SeekableByteChannel file, TraceHeader header, EventGlobs globs, int blockRecords)
      throws IOException {
    this.name = name;
    this.file = file;
    this.globs = globs;
    this.blockRecords = blockRecords;
    writeHeader(header);
    if (failure != null) {
      file.close();
      throw failure;
    }
  }

  /**
   * Starts a file, replacing what was there.
   *
   * @throws IOException when it cannot be created; later failures are counted, not thrown
   */
  public static TraceWriter create(Path path, TraceHeader header, EventGlobs globs)
      throws IOException {
    SeekableByteChannel file =
        Files.newByteChannel(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new TraceWriter(path.toString(), file, header, globs, TraceFormat.BLOCK_RECORDS);
  }

  @Override
  public boolean on(String type) {
    return globs.selects(type);
  }

  @Override
  public synchronized long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
    if (closed || !globs.selects(event.type())) {
      return cause;
    }
    if (failure != null) {
      lost++;
      return cause;
    }
    if (cause < 0 || cause > records) {
      throw new IllegalArgumentException(
          event.type() + " is caused by #" + cause + ", which was not");
    }
    append(time, domain, vcpu, cause, event);
    long id = records;
    if (records + 1 - blockFirstId >= blockRecords || block.size() >= TraceFormat.BLOCK_BYTES) {
      endBlock();
    }
    return id;
  }

  private void append(long time, int domain, int vcpu, long cause, TraceEvent event) {
    Type type = types.get(event.type());
    if (type == null) {
      type = defineType(SchemaSink.of(event));
    }
    Bytes fields = payload.encode(type.schema(), event);
    if (records + 1 == blockFirstId) {
      blockFirstTime = time;
    }
    item(TraceFormat.EVENT_HEADER + fields.size(), type.kind());
    block.u16(domain);
    block.u16(vcpu);
    block.u64(time);
    block.u64(cause);
    block.bytes(fields.array(), fields.size());
    records++;
  }

  /** The file's name as it was given. */
  public String name() {
    return name;
  }

  /** Events in the file, or on their way to it. */
  public synchronized long records() {
    return records;
  }

  /** Events that were selected but could not be written. */
  public synchronized long lost() {
    return lost;
  }

  /** Why events were lost. */
  public synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Writes what is left and the trailer. Failures show in {@link #failure} and in the log. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    if (failure == null && block.size() > 0) {
      endBlock();
    }
    closed = true;
    writeTrailer();
    try {
      file.close();
    } catch (IOException e) {
      fail(e);
    }
    if (failure != null) {
      LOG.warn("{}: {} events lost, {} kept: {}", name, lost, records, reason(failure));
    }
  }

  private void writeHeader(TraceHeader header) {
    Bytes properties = new Bytes(1024);
    header
        .properties()
        .forEach(
            (key, value) -> {
              properties.text32(key);
              properties.text32(value);
            });
    block.bytes(TraceFormat.MAGIC, TraceFormat.MAGIC.length);
    block.u16(TraceFormat.VERSION);
    block.u16(0);
    block.u32(properties.size());
    block.bytes(properties.array(), properties.size());
    block.u32(crcOfBlock());
    flush();
  }

  private void defineString(int index, byte[] utf8) {
    definitions.add(block.size());
    item(TraceFormat.ITEM_HEADER + 4 + utf8.length, TraceFormat.STRING);
    block.u32(index);
    block.bytes(utf8, utf8.length);
  }

  private Type defineType(EventSchema schema) {
    int nameIndex = strings.index(schema.name());
    schema.fields().forEach(field -> strings.index(field.name()));
    Type type = new Type(TraceFormat.FIRST_EVENT + types.size(), schema);
    types.put(schema.name(), type);
    definitions.add(block.size());
    item(TraceFormat.ITEM_HEADER + 8 + 5 * schema.fields().size(), TraceFormat.TYPE);
    block.u16(type.kind());
    block.u32(nameIndex);
    block.u16(schema.fields().size());
    for (EventSchema.Field field : schema.fields()) {
      block.u8(field.kind().code());
      block.u32(strings.index(field.name()));
    }
    return type;
  }

  private void endBlock() {
    long index = blockStart + block.size();
    item(TraceFormat.ITEM_HEADER + 44 + 4 * definitions.size(), TraceFormat.INDEX);
    block.u64(blockFirstId);
    block.u32((int) (records + 1 - blockFirstId));
    block.u64(blockFirstTime);
    block.u64(blockStart);
    block.u64(lastIndex);
    block.u32(definitions.size());
    definitions.forEach(block::u32);
    block.u32(crcOfBlock());
    if (flush()) {
      lastIndex = index;
    }
  }

  private void writeTrailer() {
    block.clear();
    item(TraceFormat.TRAILER_SIZE, TraceFormat.TRAILER);
    block.u64(records);
    block.u64(lost);
    block.u64(lastIndex);
    block.u32(crcOfBlock());
    flush();
  }

  private void item(int size, int kind) {
    block.u32(size);
    block.u16(kind);
  }

  private int crcOfBlock() {
    CRC32C crc = new CRC32C();
    crc.update(block.array(), 0, block.size());
    return (int) crc.getValue();
  }

  /** Writes the block and starts the next; false when that failed. */
  private boolean flush() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(block.array(), 0, block.size());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      blockStart += block.size();
      blockFirstId = records + 1;
      block.clear();
      definitions.clear();
      return true;
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /** Gives up the block, and takes what was written of it out of the file again. */
  private void fail(IOException e) {
    if (failure == null) {
      failure = e;
      LOG.warn("{}: the trace ends at event {}: {}", name, blockFirstId - 1, reason(e));
    } else {
      failure.addSuppressed(e);
    }
    lost += records + 1 - blockFirstId;
    records = blockFirstId - 1;
    block.clear();
    definitions.clear();
    try {
      if (file.isOpen()) {
        file.truncate(blockStart);
      }
    } catch (IOException again) {
      failure.addSuppressed(again);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
