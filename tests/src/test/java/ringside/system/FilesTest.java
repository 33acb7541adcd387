package ringside.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on a volume of mke2fs, by way of two servers or linked in; e2fsck judges what is left. */
class FilesTest {
  /** An application, its file system server, the storage server; the disk is to be said. */
  static final String SERVERS =
      """
      [[domain]]
      name = "storage"
      kernel = "IMAGES/storage-server.elf"
      memory = 32
      provides = ["storage"]
      [[domain]]
      name = "fs"
      kernel = "IMAGES/fs-server.elf"
      memory = 64
      cmdline = "path=direct"
      provides = ["files"]
      uses = ["storage/1"]
      depends_on = ["storage"]
      [[domain]]
      name = "app"
      kernel = "IMAGES/fsbench.elf"
      memory = 32
      uses = ["files/1"]
      depends_on = ["fs"]
      [[device]]
      type = "nvme"
      domain = "storage"
      """;

  private static final String LINKED =
      """
      [[domain]]
      name = "app"
      kernel = "IMAGES/fsbench.elf"
      memory = 64
      [[device]]
      type = "nvme"
      domain = "app"
      """;

  @TempDir Path folder;

  private Path image;

  @BeforeEach
  void volume() throws IOException, InterruptedException {
    Cli.assumeEngine();
    E2fs.assumeThere();
    image = folder.resolve("volume.img");
    E2fs.run("mke2fs", "-q", "-t", "ext2", "-b", "4096", image.toString(), "16M");
  }

  private Cli.Result boot(String system, String cmdline, String... more) throws IOException {
    String disk = "file = \"" + image + "\"\nsize = \"16M\"\n";
    Path file = folder.resolve("files.toml");
    Files.writeString(file, system.replace("IMAGES", Cli.IMAGES.toString()) + disk);
    List<String> command = new ArrayList<>(List.of("boot", file.toString()));
    command.addAll(List.of("--set", "app.cmdline=" + cmdline));
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "server copied", "linked path=nvme"})
  void whatIsWrittenIsReadAndTheVolumeIsClean(String where) throws Exception {
    String system = where.startsWith("server") ? SERVERS : LINKED;
    Cli.Result result = boot(system, "size=4k,64k,1m total=2m keep where=" + where);
    assertEquals(0, result.code(), result::all);
    E2fs.assertClean(image);
    String list = Cli.run("fs", "ls", image.toString(), "/fsbench").out();
    assertTrue(list.contains(String.valueOf(2 << 20)), list);
    assertTrue(result.out().contains("read     1024 KiB"), result::all);
  }

  /** What one of them freed is used by the others, whoever of them makes it usable. */
  @Test
  void fourWhoWriteTheirFilesAnewOnASmallVolumeFindRoom() throws Exception {
    String one = SERVERS.substring(SERVERS.indexOf("[[domain]]\nname = \"app\""));
    one = one.substring(0, one.indexOf("[[device]]"));
    StringBuilder system = new StringBuilder(SERVERS.replace(one, ""));
    for (int i = 1; i <= 4; i++) {
      String cmdline = "cmdline = \"total=2m size=64k,256k,1m file=/%d\"\n".formatted(i);
      system.insert(
          system.indexOf("[[device]]"), one.replace("\"app\"", "\"app" + i + "\"") + cmdline);
    }
    Files.delete(image);
    Path file = folder.resolve("four.toml");
    Files.writeString(
        file,
        system
                .toString()
                .replace("path=direct", "path=direct format=ext3")
                .replace("IMAGES", Cli.IMAGES.toString())
            + "file = \""
            + image
            + "\"\nsize = \"15M\"\n");
    Cli.Result result = Cli.run("boot", file.toString());
    assertEquals(0, result.code(), result::all);
    E2fs.assertClean(image);
  }

  /** Of the bytes that all three domains copied; the figure is honest where they do copy. */
  @ParameterizedTest
  @CsvSource({
    "path=direct, size=64k, 0, 0.05",
    "path=direct, size=1m, 0, 0.05",
    "path=direct, size=64k copied, 1, 1.1",
    "path=copy order=5, size=1m, 1, 1.1",
    "path=copy order=5, size=1m copied, 2, 2.3",
  })
  void noCpuCopiesWhatLiesInTheClientsRegion(String server, String size, double from, double to)
      throws Exception {
    Cli.Result result =
        boot(SERVERS.replace("cmdline = \"path=direct\"", "cmdline = \"" + server + "\""), size);
    assertEquals(0, result.code(), result::all);
    E2fs.assertClean(image);
    List<Double> copied =
        Pattern.compile("copied ([0-9.]+) bytes")
            .matcher(result.out())
            .results()
            .map(match -> Double.valueOf(match.group(1)))
            .toList();
    assertEquals(3, copied.size(), result::all);
    copied.forEach(figure -> assertTrue(from <= figure && figure <= to, result::all));
  }

  @Test
  void aBlankDiskBecomesAVolumeOnceAndKeepsWhatIsWritten() throws Exception {
    Files.write(image, new byte[16 << 20]);
    String system = SERVERS.replace("path=direct", "path=direct format=ext3");
    Cli.Result first = boot(system, "size=64k total=1m keep file=/first");
    assertEquals(0, first.code(), first::all);
    assertTrue(first.out().contains("a new volume: ext3 on 16 MiB"), first::all);
    E2fs.assertClean(image);
    Cli.Result second = boot(system, "size=64k total=1m keep file=/second");
    assertEquals(0, second.code(), second::all);
    assertTrue(!second.out().contains("a new volume"), second::all);
    E2fs.assertClean(image);
    assertEquals(0, Cli.run("fs", "check", image.toString()).code());
    String list = Cli.run("fs", "ls", image.toString(), "/").out();
    assertTrue(list.contains("first") && list.contains("second"), list);
  }

  @Test
  void aDiskThatHoldsSomethingElseIsRefusedAndLeftAsItIs() throws Exception {
    byte[] content = new byte[16 << 20];
    content[100_000] = 1;
    Files.write(image, content);
    Cli.Result result = boot(LINKED, "where=linked path=nvme format=ext3");
    assertTrue(result.code() != 0, result::all);
    assertTrue(result.out().contains("neither blank nor an ext2 or ext3 volume"), result::all);
    assertArrayEquals(content, Files.readAllBytes(image));
  }

  @Test
  void aServerNeedsNoDiskWhenItsVolumeLiesInMemory() throws Exception {
    String system =
        SERVERS
            .replace("path=direct", "ramdisk=16m format=ext3")
            .replace("uses = [\"storage/1\"]\ndepends_on = [\"storage\"]\n", "");
    Cli.Result result = boot(system, "size=4k,64k total=1m");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().contains("a new volume: ext3"), result::all);
  }

  /** Of the file system server, too: what was open is open again, what was answered is there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs:kill:probe=ivmc_serve#30",
        "fs:kill:probe=ivmc_serve#77",
        "fs:kill:probe=ring_enqueue#55",
        "storage:kill:probe=nvme_submit#300",
        "storage:page-fault:probe=nvme_complete#200"
      })
  void anApplicationDoesNotNoticeThatAServerWasKilled(String fault) throws Exception {
    E2fs.run("mke2fs", "-q", "-F", "-t", "ext3", "-b", "4096", image.toString());
    String system = SERVERS.replace("provides", "on_crash = \"restart\"\nprovides");
    Cli.Result result = boot(system, "size=4k,64k total=512k", "--fault", fault);
    assertEquals(0, result.code(), result::all);
    assertTrue(result.err().contains("was away for"), result::all);
    E2fs.assertClean(image);
  }

  /** It is not written over, and the server says why it does not serve, and how it ends. */
  @Test
  void aVolumeWithABootLoaderIsLeftAlone() throws Exception {
    E2fs.debugfs(image, "set_inode_field <5> mode 0100644");
    E2fs.debugfs(image, "set_inode_field <5> links_count 1");
    byte[] before = Files.readAllBytes(image);
    Cli.Result result = boot(SERVERS, "size=4k total=4k", "--time-limit", "100ms");
    assertTrue(result.out().contains("is a boot loader's"), result::all);
    assertTrue(result.out().contains("main returned 1"), result::all);
    assertTrue(!result.out().contains("exception"), result::all);
    int table = 5 * 4096;
    assertEquals(
        -1,
        Arrays.mismatch(
            before, table, before.length, Files.readAllBytes(image), table, before.length));
  }
}
