package ringside.device.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Another disk, and the list of all that changed it, with content: from any prefix of the list,
 * what the disk may look like after a crash there can be made again.
 *
 * <p>Invariant: what the list says has been done to the disk, in this order; what failed is not in
 * it. The list grows without end: for workloads that end.
 */
public final class RecordingDisk implements Disk {
  private final Disk disk;
  private final List<DiskOp> log = new ArrayList<>();

  public RecordingDisk(Disk disk) {
    this.disk = disk;
  }

  /** What was done so far; grows with the disk's use. */
  public List<DiskOp> log() {
    return Collections.unmodifiableList(log);
  }

  @Override
  public long bytes() {
    return disk.bytes();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    disk.read(offset, into);
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    byte[] content = content(from);
    disk.write(offset, from);
    log.add(new DiskOp.Write(offset, content, false));
  }

  @Override
  public void writeThrough(long offset, ByteBuffer from) throws IOException {
    byte[] content = content(from);
    disk.writeThrough(offset, from);
    log.add(new DiskOp.Write(offset, content, true));
  }

  private static byte[] content(ByteBuffer from) {
    byte[] content = new byte[from.remaining()];
    from.get(from.position(), content);
    return content;
  }

  @Override
  public void zero(long offset, long length, boolean deallocate) throws IOException {
    disk.zero(offset, length, deallocate);
    log.add(new DiskOp.Zero(offset, length, deallocate));
  }

  @Override
  public void flush() throws IOException {
    disk.flush();
    log.add(new DiskOp.Flush());
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
