package ringside.device.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Something that was done to a disk and changes it, or makes changes durable. */
public sealed interface DiskOp {
  /** Does it again. */
  void replay(Disk disk) throws IOException;

  /**
   * @param through durable at once (NVMe: force unit access)
   */
  record Write(long offset, byte[] content, boolean through) implements DiskOp {
    @Override
    public void replay(Disk disk) throws IOException {
      ByteBuffer from = ByteBuffer.wrap(content).asReadOnlyBuffer();
      if (through) {
        disk.writeThrough(offset, from);
      } else {
        disk.write(offset, from);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Write(long where, byte[] what, boolean how)
          && where == offset
          && how == through
          && Arrays.equals(what, content);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(offset) + 31 * Arrays.hashCode(content) + Boolean.hashCode(through);
    }

    @Override
    public String toString() {
      return "Write[offset=%d, length=%d, through=%s]".formatted(offset, content.length, through);
    }
  }

  record Zero(long offset, long length, boolean deallocate) implements DiskOp {
    @Override
    public void replay(Disk disk) throws IOException {
      disk.zero(offset, length, deallocate);
    }
  }

  record Flush() implements DiskOp {
    @Override
    public void replay(Disk disk) throws IOException {
      disk.flush();
    }
  }
}
