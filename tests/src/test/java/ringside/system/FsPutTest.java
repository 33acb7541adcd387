package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.device.disk.FileDisk;

/** A file is put into a volume and read back; e2fsck judges what becomes of the volume. */
class FsPutTest {
  private static final long MTIME = 1_700_000_001;

  @TempDir Path folder;

  private Path volume;

  @BeforeEach
  void volume() throws Exception {
    Cli.assumeEngine();
    volume = folder.resolve("volume.img");
    E2fs.run("mke2fs", "-q", "-t", "ext3", "-b", "1024", volume.toString(), "4M");
  }

  private Path file(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(folder.resolve(name), content);
  }

  private Cli.Result put(Path from, String path) {
    return Cli.run("fs", "put", volume.toString(), from.toString(), path);
  }

  private void assertRefused(Path from, String path, String why) throws Exception {
    Cli.Result result = put(from, path);
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("error: " + why), result::all);
    E2fs.assertClean(volume);
  }

  @Test
  void whatIsPutIsThere() throws Exception {
    for (int size : new int[] {0, 1, 4097, 1_234_567}) {
      Path from = file("from" + size, size);
      Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwxr-x--x"));
      Files.setLastModifiedTime(from, FileTime.fromMillis(MTIME * 1000));
      Cli.Result result = put(from, "/a file of " + size);
      assertEquals(0, result.code(), result::all);
      Path back = folder.resolve("back" + size);
      Cli.run("fs", "get", volume.toString(), "/a file of " + size, back.toString());
      assertEquals(-1, Files.mismatch(from, back), "size " + size);
      String stat = E2fs.run("debugfs", "-R", "stat \"/a file of " + size + '"', volume.toString());
      assertTrue(stat.contains("Mode:  0751"), stat);
      assertTrue(stat.contains("mtime: 0x%08x".formatted(MTIME)), stat);
    }
    E2fs.assertClean(volume);
  }

  @Test
  void whatCannotBePutIsRefusedAndLeavesNothing() throws Exception {
    Path small = file("small", 10);
    assertEquals(0, put(small, "/there").code());
    assertRefused(small, "/there", "/there: File exists");
    assertRefused(small, "/nowhere/file", "/nowhere/file: No such file or directory");
    assertRefused(small, "/there/file", "/there/file: Not a directory");
    assertRefused(small, "relative", "relative is no path from the root");
    assertRefused(file("large", 3_800_000), "/large", "/large: No space left on device");
    assertRefused(file("huge", 5_000_000), "/huge", folder.resolve("huge") + ": 5000000 bytes");
    assertRefused(folder, "/folder", folder + " is no regular file");
    Cli.Result list = Cli.run("fs", "ls", volume.toString(), "/");
    assertEquals(3, list.out().lines().count(), list::all);
  }

  @Test
  void whatIsNoVolumeOrInUseIsRefused() throws Exception {
    Path small = file("small", 10);
    try (FileDisk _ = FileDisk.open(volume)) {
      Cli.Result result = put(small, "/file");
      assertEquals(2, result.code(), result::all);
      assertTrue(result.err().contains("in use as a disk"), result::all);
    }
    volume = file("no-volume", 1 << 20);
    Cli.Result result = put(small, "/file");
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("cannot be mounted: it is neither blank nor"), result::all);
  }
}
