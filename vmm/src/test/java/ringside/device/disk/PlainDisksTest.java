package ringside.device.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks in files and in memory: what is written is read, now and when they are opened again. */
class PlainDisksTest {
  private static final int CHUNK = 65536;
  private static final int SIZE = 5 * CHUNK + 512;

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("disk.img");
  }

  @Test
  void filesAndMemoryDoTheSameAsAnArray() throws IOException {
    try (FileDisk file = FileDisk.create(path(), SIZE);
        MemoryDisk memory = new MemoryDisk(SIZE)) {
      byte[] model = new byte[SIZE];
      Random random = new Random(1);
      for (int i = 0; i < 2000; i++) {
        int offset = random.nextInt(SIZE);
        int length = random.nextInt(Math.min(SIZE - offset, random.nextBoolean() ? SIZE : 600)) + 1;
        if (random.nextInt(3) == 0) {
          boolean deallocate = random.nextBoolean();
          file.zero(offset, length, deallocate);
          memory.zero(offset, length, deallocate);
          Arrays.fill(model, offset, offset + length, (byte) 0);
        } else {
          byte[] content = new byte[length];
          random.nextBytes(content);
          file.write(offset, ByteBuffer.wrap(content));
          memory.write(offset, ByteBuffer.wrap(content));
          System.arraycopy(content, 0, model, offset, length);
        }
        int from = random.nextInt(SIZE);
        int to = random.nextInt(from, SIZE) + 1;
        byte[] expected = Arrays.copyOfRange(model, from, to);
        assertArrayEquals(expected, read(file, from, to - from));
        assertArrayEquals(expected, read(memory, from, to - from));
      }
      assertArrayEquals(model, read(memory.copy(), 0, SIZE));
    }
  }

  @Test
  void aCopyAndItsOriginalDoNotSeeWhatIsDoneToTheOther() {
    Random random = new Random(2);
    List<MemoryDisk> disks = new ArrayList<>(List.of(new MemoryDisk(SIZE)));
    List<byte[]> models = new ArrayList<>(List.of(new byte[SIZE]));
    for (int i = 0; i < 1000; i++) {
      int which = random.nextInt(disks.size());
      int offset = random.nextInt(SIZE);
      byte[] content = new byte[random.nextInt(SIZE - offset) + 1];
      if (disks.size() < 8 && random.nextInt(10) == 0) {
        disks.add(disks.get(which).copy());
        models.add(models.get(which).clone());
      }
      if (random.nextInt(4) == 0) {
        disks.get(which).zero(offset, content.length, random.nextBoolean());
      } else if (random.nextBoolean()) {
        random.nextBytes(content);
        disks.get(which).write(offset, ByteBuffer.wrap(content));
      } else {
        offset -= offset % CHUNK;
        content = new byte[Math.min(CHUNK, SIZE - offset)];
        random.nextBytes(content);
        exchange(disks.get(which), offset, content);
      }
      System.arraycopy(content, 0, models.get(which), offset, content.length);
      int looked = random.nextInt(disks.size());
      assertArrayEquals(models.get(looked), contentOf(disks.get(looked)));
    }
    assertEquals(8, disks.size());
  }

  /** What comes back is written over: it must be nobody's. */
  private static void exchange(MemoryDisk disk, int offset, byte[] content) {
    ByteBuffer given = ByteBuffer.allocate(CHUNK).put(0, content);
    ByteBuffer left = disk.exchange(offset, given, content.length);
    if (left != null) {
      assertEquals(CHUNK, left.capacity());
      left.put(0, new byte[CHUNK]);
    }
  }

  private static byte[] contentOf(MemoryDisk disk) {
    ByteBuffer content = ByteBuffer.allocate(SIZE);
    disk.read(0, content);
    return content.array();
  }

  @Test
  void aFileKeepsWhatWasWritten() throws IOException {
    try (FileDisk disk = FileDisk.openOrCreate(path(), SIZE)) {
      disk.write(SIZE - 3, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      disk.flush();
    }
    assertEquals(SIZE, Files.size(path()));
    try (FileDisk disk = FileDisk.openOrCreate(path(), SIZE)) {
      assertArrayEquals(new byte[] {0, 1, 2, 3}, read(disk, SIZE - 4, 4));
    }
    try (FileDisk disk = FileDisk.open(path())) {
      assertEquals(SIZE, disk.bytes());
      disk.zero(SIZE - 2, 1, false);
      assertArrayEquals(new byte[] {0, 1, 0, 3}, read(disk, SIZE - 4, 4));
    }
  }

  @Test
  void aFileOfAnotherSizeIsRefusedAndLeftAsItIs() throws IOException {
    Files.write(path(), new byte[512]);
    IOException e = assertThrows(IOException.class, () -> FileDisk.openOrCreate(path(), 1024));
    assertEquals(path() + ": the file has 512 bytes, the disk shall have 1024", e.getMessage());
    assertEquals(512, Files.size(path()));
    assertThrows(FileAlreadyExistsException.class, () -> FileDisk.create(path(), 512));
    FileDisk.openOrCreate(path(), 512).close();
  }

  @Test
  void aFileThatIsNotThereOrEmptyIsNoDisk() throws IOException {
    assertThrows(NoSuchFileException.class, () -> FileDisk.open(path()));
    Files.createFile(path());
    IOException e = assertThrows(IOException.class, () -> FileDisk.open(path()));
    assertTrue(e.getMessage().contains("empty"), e.getMessage());
  }

  @Test
  void aFileIsOneDiskAtATime() throws IOException {
    try (FileDisk _ = FileDisk.create(path(), SIZE)) {
      IOException e = assertThrows(IOException.class, () -> FileDisk.openOrCreate(path(), SIZE));
      assertEquals(path() + ": in use as a disk by another running system", e.getMessage());
    }
    FileDisk.openOrCreate(path(), SIZE).close();
  }

  @Test
  void zeroingALargeSparseDiskWritesNothing() throws IOException {
    long terabyte = 1L << 40;
    try (FileDisk disk = FileDisk.create(path(), terabyte)) {
      disk.write(terabyte / 2, ByteBuffer.wrap(new byte[] {1}));
      for (int i = 0; i < 1000; i++) {
        disk.zero(0, terabyte - 1, true);
      }
      assertArrayEquals(new byte[1], read(disk, terabyte / 2, 1));
    }
  }

  @Test
  void whatLiesOutsideIsRefused() throws IOException {
    try (FileDisk file = FileDisk.create(path(), SIZE);
        MemoryDisk memory = new MemoryDisk(SIZE)) {
      for (Disk disk : new Disk[] {file, memory, new WriteCache(memory, 512, 512, 0)}) {
        ByteBuffer two = ByteBuffer.allocate(2);
        assertThrows(IndexOutOfBoundsException.class, () -> disk.read(SIZE - 1, two));
        assertThrows(IndexOutOfBoundsException.class, () -> disk.write(SIZE - 1, two));
        assertThrows(IndexOutOfBoundsException.class, () -> disk.write(-1, two));
        assertThrows(IndexOutOfBoundsException.class, () -> disk.zero(1, Long.MAX_VALUE, true));
      }
      assertEquals(SIZE, Files.size(path()));
    }
  }

  @Test
  void aRecordingRepeatedOnAnotherDiskMakesItTheSame() throws IOException {
    RecordingDisk first = new RecordingDisk(new MemoryDisk(SIZE));
    first.write(10, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    first.writeThrough(12, ByteBuffer.wrap(new byte[] {5}));
    first.zero(13, 1, true);
    first.flush();
    assertEquals(
        "[Write[offset=10, length=4, through=false], Write[offset=12, length=1, through=true],"
            + " Zero[offset=13, length=1, deallocate=true], Flush[]]",
        first.log().toString());
    RecordingDisk second = new RecordingDisk(new MemoryDisk(SIZE));
    for (DiskOp op : first.log()) {
      op.replay(second);
    }
    assertArrayEquals(new byte[] {1, 2, 5, 0}, read(second, 10, 4));
    assertEquals(first.log(), second.log());
  }

  private static byte[] read(Disk disk, long offset, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    disk.read(offset, into);
    assertEquals(0, into.remaining());
    return into.array();
  }
}
