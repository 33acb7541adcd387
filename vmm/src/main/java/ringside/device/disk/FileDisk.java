package ringside.device.disk;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Blocks in a file of the host, byte n of the disk at byte n of the file; what was never written
 * takes no room there.
 *
 * <p>Invariant: while it is open, the file has the size of the disk and is locked, so that no
 * second system uses it. A chunk that is marked in {@code zero} holds zeroes only.
 *
 * <p>Does not: make holes again, for Java cannot; zeroing neither fills holes that are there nor
 * writes zeroes over zeroes. Zeroing up to the end of the file does give the room back.
 */
public final class FileDisk implements Disk {
  private static final int CHUNK = Zeroes.LENGTH;

  private final Path path;
  private final RandomAccessFile file;
  private final FileChannel channel;
  private final long bytes;
  private final BitSet zero = new BitSet();
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  private FileDisk(Path path, RandomAccessFile file, long bytes) {
    this.path = path;
    this.file = file;
    this.channel = file.getChannel();
    this.bytes = bytes;
  }

  /**
   * Makes a file of zeroes, and opens it.
   *
   * @param bytes size, at least 1
   * @throws IOException when there is such a file, or it cannot be made
   */
  public static FileDisk create(Path path, long bytes) throws IOException {
    if (bytes < 1) {
      throw new IllegalArgumentException("a disk of " + bytes + " bytes");
    }
    Files.createFile(path);
    RandomAccessFile file = locked(path);
    try {
      file.setLength(bytes);
    } catch (IOException e) {
      file.close();
      throw new IOException(path + ": cannot have " + bytes + " bytes: " + e.getMessage(), e);
    }
    FileDisk disk = new FileDisk(path, file, bytes);
    disk.zero.set(0, Math.toIntExact(Math.ceilDiv(bytes, CHUNK)));
    return disk;
  }

  /**
   * Opens a file that is there; its size is the disk's.
   *
   * @throws IOException when it is not there, empty, cannot be written, or somebody has it open as
   *     a disk
   */
  public static FileDisk open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such disk file");
    }
    RandomAccessFile file = locked(path);
    long bytes = file.length();
    if (bytes == 0) {
      file.close();
      throw new IOException(path + ": the file is empty; a disk has at least one block");
    }
    return new FileDisk(path, file, bytes);
  }

  /**
   * Opens a file that is there, or makes one.
   *
   * @param bytes the size it has or gets
   * @throws IOException as {@link #open} and {@link #create}, and when the size is another
   */
  public static FileDisk openOrCreate(Path path, long bytes) throws IOException {
    if (Files.notExists(path)) {
      return create(path, bytes);
    }
    FileDisk disk = open(path);
    if (disk.bytes != bytes) {
      disk.close();
      throw new IOException(
          "%s: the file has %d bytes, the disk shall have %d".formatted(path, disk.bytes, bytes));
    }
    return disk;
  }

  private static RandomAccessFile locked(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean mine;
    try {
      mine = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException _) { // this process has it
      mine = false;
    } catch (IOException e) {
      file.close();
      throw new IOException(path + ": cannot be locked: " + e.getMessage(), e);
    }
    if (!mine) {
      file.close();
      throw new IOException(path + ": in use as a disk by another running system");
    }
    return file;
  }

  public Path path() {
    return path;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    Ranges.check(this, offset, into.remaining());
    long at = offset;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      if (n < 0) {
        throw new EOFException(path + ": somebody made the file shorter than " + bytes + " bytes");
      }
      at += n;
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    Ranges.check(this, offset, from.remaining());
    zero.clear((int) (offset / CHUNK), (int) Math.ceilDiv(offset + from.remaining(), CHUNK));
    writeAll(offset, from);
  }

  private void writeAll(long offset, ByteBuffer from) throws IOException {
    long at = offset;
    while (from.hasRemaining()) {
      at += channel.write(from, at);
    }
  }

  @Override
  public void zero(long offset, long length, boolean deallocate) throws IOException {
    Ranges.check(this, offset, length);
    long end = offset + length;
    if (end == bytes && deallocate && length > 0) {
      file.setLength(offset);
      file.setLength(bytes);
      zero.set((int) Math.ceilDiv(offset, CHUNK), (int) Math.ceilDiv(bytes, CHUNK));
      return;
    }
    long at = offset;
    while (at < end) {
      int index = (int) (at / CHUNK);
      if (zero.get(index)) {
        at = (long) zero.nextClearBit(index) * CHUNK;
        continue;
      }
      long chunkEnd = Math.min(bytes, (index + 1L) * CHUNK);
      boolean whole = at == (long) index * CHUNK && chunkEnd <= end;
      zeroPart(at, (int) (Math.min(chunkEnd, end) - at));
      zero.set(index, whole);
      at = chunkEnd;
    }
  }

  /** Looks first: most of what is zeroed is zero, and a hole shall stay one. */
  private void zeroPart(long at, int length) throws IOException {
    chunk.clear().limit(length);
    read(at, chunk);
    ByteBuffer zeroes = Zeroes.of(length);
    if (!chunk.flip().equals(zeroes)) {
      writeAll(at, zeroes);
    }
  }

  @Override
  public void flush() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
