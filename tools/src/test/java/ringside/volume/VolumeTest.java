package ringside.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cli.Main;
import ringside.cli.Terminal;
import ringside.device.disk.FileDisk;
import ringside.device.disk.MemoryDisk;

/** Our reading of volumes against that of e2fsprogs, which made them. */
class VolumeTest {
  private static final int BIG = 5_000_000;

  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void tools() throws IOException, InterruptedException {
    E2fsprogs.assume();
    image = folder.resolve("volume.img");
    Path tree = Files.createDirectories(folder.resolve("tree/deep/er"));
    byte[] content = new byte[BIG];
    new Random(1).nextBytes(content);
    Files.write(tree.resolve("big"), content);
    Files.writeString(folder.resolve("tree/small"), "a few words\n");
    Files.createSymbolicLink(folder.resolve("tree/short"), Path.of("small"));
    Files.createSymbolicLink(folder.resolve("tree/long"), Path.of("x/".repeat(100) + "y"));
    Files.createLink(folder.resolve("tree/second"), folder.resolve("tree/small"));
    for (int i = 0; i < 300; i++) {
      Files.createFile(folder.resolve("tree/deep/name" + i));
    }
  }

  private Volume make(String... options) throws IOException, InterruptedException {
    E2fsprogs.make(image, "16M", folder.resolve("tree"), options);
    return open();
  }

  private Volume open() throws IOException {
    MemoryDisk copy;
    try (FileDisk file = FileDisk.open(image)) {
      copy = new MemoryDisk(file.bytes());
      ByteBuffer all = ByteBuffer.allocate((int) file.bytes());
      file.read(0, all);
      copy.write(0, all.flip());
    }
    return new Volume(copy);
  }

  private static byte[] content(Volume volume, String... path) throws IOException {
    Inode at = volume.root();
    for (String name : path) {
      at =
          volume.inode(
              DirectoryEntry.all(volume, at).stream()
                  .filter(entry -> entry.name().equals(name))
                  .findFirst()
                  .orElseThrow()
                  .inode());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FileContent(volume, at).writeTo(bytes);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1024", "2048", "4096"})
  void whatMke2fsMadeIsReadByteForByteAndFoundWhole(String blockBytes) throws Exception {
    for (String type : List.of("ext2", "ext3")) {
      Files.deleteIfExists(image);
      Volume volume = make("-t", type, "-b", blockBytes);
      assertEquals(List.of(), VolumeCheck.problems(volume), type);
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("tree/deep/er/big")),
          content(volume, "deep", "er", "big"));
      assertEquals("a few words\n", new String(content(volume, "second")));
      assertEquals("small", new String(content(volume, "short")));
      assertEquals("x/".repeat(100) + "y", new String(content(volume, "long")));
    }
  }

  private String run(int code, String... args) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    assertEquals(code, Main.run(new Terminal(writer, writer, false, false), args), out::toString);
    return out.toString();
  }

  @Test
  void theCommandsShowWhatIsThere() throws Exception {
    make("-t", "ext3");
    String file = image.toString();
    assertEquals("a few words\n", run(0, "fs", "cat", file, "/short"));
    String list = run(0, "fs", "ls", file);
    assertTrue(list.contains("short -> small") && list.contains("lost+found"), list);
    assertTrue(list.contains("-rw-r--r--") && list.contains("drwx------"), list);
    Path copy = folder.resolve("copy");
    run(0, "fs", "get", file, "deep/er/big", copy.toString());
    assertEquals(-1, Files.mismatch(copy, folder.resolve("tree/deep/er/big")));
    assertEquals("", run(0, "fs", "check", file));
    assertTrue(run(2, "fs", "cat", file, "/deep/none").contains("there is no \"none\""));
    assertTrue(run(2, "fs", "cat", file, "/deep/er/big").contains("see fs get"));
    assertTrue(run(2, "fs", "get", file, "small", copy.toString()).contains("is there already"));
    E2fsprogs.debugfs(image, "sif /small links_count 7");
    assertTrue(run(1, "fs", "check", file).contains("links: 7, but 2 are counted"));
  }

  @Test
  void ext4IsRefusedWithAReason() {
    VolumeException e = assertThrows(VolumeException.class, () -> make("-t", "ext4"));
    assertTrue(e.getMessage().contains("ext4"), e.getMessage());
  }

  @Test
  void whatLooksWrongHereLooksWrongToE2fsckAsWell() throws Exception {
    make("-t", "ext2", "-b", "1024", "-N", "512");
    byte[] whole = Files.readAllBytes(image);
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = 2048 + random.nextInt(90_000); // descriptors, bitmaps, inodes, first directories
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(image, damaged);
      if (!problems().isEmpty()) {
        found++;
        assertFalse(E2fsprogs.clean(image), "byte " + at + " is said to be wrong: " + problems());
      }
    }
    assertTrue(found > 20, found + " of 200 flipped bits were found");
  }

  private List<String> problems() throws IOException {
    try {
      return VolumeCheck.problems(open());
    } catch (VolumeException e) {
      return List.of(e.getMessage());
    }
  }

  @Test
  void aJournalIsReplayedAsE2fsckReplaysIt() throws Exception {
    make("-t", "ext3", "-b", "1024");
    byte[] first = new byte[1024];
    byte[] second = new byte[1024];
    new Random(3).nextBytes(first);
    new Random(4).nextBytes(second);
    second[0] = (byte) 0xc0; // the journal's magic number has to be escaped
    second[1] = 0x3b;
    second[2] = 0x39;
    second[3] = (byte) 0x98;
    Files.write(folder.resolve("first"), first);
    Files.write(folder.resolve("second"), second);
    Files.write(folder.resolve("both"), Bytes.concat(first, first));
    logged("jw -b 12000 " + folder.resolve("first"));
    logged("jw -b 12001,12002 " + folder.resolve("both"));
    logged("jw -b 12000 " + folder.resolve("second"));
    logged("jw -r 12002");
    Volume volume = open();
    assertTrue(volume.wasInUse());
    assertEquals(ByteBuffer.wrap(second), volume.block(12000));
    assertEquals(ByteBuffer.wrap(first), volume.block(12001));
    assertEquals(ByteBuffer.allocate(1024), volume.block(12002), "it was revoked");
    E2fsprogs.repair(image);
    Volume repaired = open();
    assertFalse(repaired.wasInUse());
    for (long block = 12000; block < 12003; block++) {
      assertEquals(repaired.block(block), volume.block(block), "block " + block);
    }
  }

  private void logged(String transaction) throws IOException, InterruptedException {
    E2fsprogs.debugfs(image, "jo", transaction, "jc");
  }
}
