package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Volumes between our guests and e2fsprogs: what one of them wrote, the other reads byte for byte.
 * A guest tells a line for each fact of a file; here the same lines are made from what the host
 * has.
 */
class FilesForeignTest {
  private static final String SYSTEM = FilesTest.SERVERS.replace("fsbench", "fstree");

  private static final LinkOption ITSELF = LinkOption.NOFOLLOW_LINKS;
  private static final String TOLD = "content ";

  @TempDir Path folder;

  private Path image;

  @BeforeEach
  void tools() {
    Cli.assumeEngine();
    E2fs.assumeThere();
    image = folder.resolve("volume.img");
  }

  /** What the guest tells: by path and kind of fact. */
  private Map<String, String> told(String cmdline) throws IOException {
    Path file = folder.resolve("foreign.toml");
    String disk = "file = \"" + image + "\"\nsize = \"32M\"\n";
    Files.writeString(file, SYSTEM.replace("IMAGES", Cli.IMAGES.toString()) + disk);
    Cli.Result result = Cli.run("boot", file.toString(), "--set", "app.cmdline=" + cmdline);
    assertEquals(0, result.code(), result::all);
    Map<String, String> facts = new TreeMap<>();
    result
        .out()
        .lines()
        .filter(line -> line.contains(TOLD))
        .map(line -> line.substring(line.indexOf(TOLD) + TOLD.length()).split(" ", 3))
        .forEach(words -> facts.put(words[0] + " " + words[1], words[2]));
    return facts;
  }

  private static long fnv(byte[] bytes) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      hash = (hash ^ b & 0xff) * 0x100000001b3L;
    }
    return hash;
  }

  private static String hash(byte[] bytes) {
    return Long.toHexString(fnv(bytes));
  }

  /** The facts of a tree in a folder of the host. */
  private static Map<String, String> expected(Path root, String prefix) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(p -> !p.equals(root)).collect(Collectors.toList())) {
        String name = prefix + "/" + root.relativize(path);
        Map<String, Object> unix =
            Files.readAttributes(path, "unix:mode,uid,gid,nlink,lastModifiedTime", ITSELF);
        facts.put(
            name + " mode",
            "%o owner %s:%s".formatted(unix.get("mode"), unix.get("uid"), unix.get("gid")));
        if (Files.isSymbolicLink(path)) {
          facts.put(name + " to", Files.readSymbolicLink(path).toString());
        } else if (Files.isRegularFile(path, ITSELF)) {
          byte[] content = Files.readAllBytes(path);
          facts.put(name + " bytes", content.length + " hash " + hash(content));
        }
      }
    }
    return facts;
  }

  /** Those facts are among what was told, where a line may say more. */
  private static void assertTold(Map<String, String> expected, Map<String, String> told) {
    expected.forEach(
        (what, fact) ->
            assertTrue(
                told.getOrDefault(what, "nothing").startsWith(fact),
                () -> what + ": " + told.get(what) + ", not " + fact));
  }

  private Path makeTree() throws IOException {
    Random random = new Random(7);
    Path root = Files.createDirectory(folder.resolve("tree"));
    for (int size : new int[] {0, 1, 1023, 4096, 12289, 300_000, 2_000_000}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      Files.write(root.resolve("file" + size), content);
    }
    Path deep = Files.createDirectories(root.resolve("a/b/c"));
    Files.createSymbolicLink(deep.resolve("short"), Path.of("../../x"));
    Files.createSymbolicLink(deep.resolve("long"), Path.of("y".repeat(200)));
    Files.createLink(deep.resolve("twin"), root.resolve("file1023"));
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 400; i++) {
      Files.writeString(many.resolve("name-" + "z".repeat(i % 100) + i), "content " + i);
    }
    return root;
  }

  @ParameterizedTest
  @CsvSource({"ext2, 1024", "ext3, 4096"})
  void whatMke2fsPutsOnAVolumeIsReadByteForByte(String type, String block) throws Exception {
    Path root = makeTree();
    String source = root.toString();
    E2fs.run("mke2fs", "-q", "-t", type, "-b", block, "-d", source, image.toString(), "32M");
    E2fs.debugfs(image, "ea_set /file4096 user.note \"from debugfs\"");
    E2fs.debugfs(image, "set_inode_field /file1 mtime 20010203040506");
    Map<String, String> told = told("");
    Map<String, String> expected = expected(root, "");
    assertTold(expected, told);
    long names = told.keySet().stream().filter(k -> k.endsWith(" mode")).count();
    long wanted = expected.keySet().stream().filter(k -> k.endsWith(" mode")).count();
    assertEquals(wanted + 2, names, "the root and lost+found are more");
    assertEquals(hash("from debugfs".getBytes()), told.get("/file4096 user.note"));
    assertTrue(told.get("/file1 mode").endsWith("time 981173106"), told.get("/file1 mode"));
    assertTrue(told.get("/a/b/c/twin mode").contains("links 2"), told.get("/a/b/c/twin mode"));
    E2fs.assertClean(image);
  }

  @ParameterizedTest
  @CsvSource({"ext2, 1024", "ext3, 4096"})
  void whatGuestsWriteDebugfsSees(String type, String block) throws Exception {
    E2fs.run("mke2fs", "-q", "-t", type, "-b", block, image.toString(), "32M");
    Map<String, String> told = told("make=/tree");
    E2fs.assertClean(image);
    Path out = Files.createDirectory(folder.resolve("out"));
    E2fs.debugfs(image, "rdump /tree " + out);
    Map<String, String> dumped = expected(out.resolve("tree"), "/tree");
    dumped.keySet().removeIf(fact -> fact.endsWith(" mode")); // below, from debugfs itself
    assertTrue(dumped.size() > 300, dumped::toString);
    assertTold(dumped, told);

    String small = E2fs.debugfs(image, "stat /tree/small");
    assertContains(
        small, "Type: regular    Mode:  04751", "User:  1000   Group: 70000", "Links: 2");
    assertContains(small, "mtime: 0x499602d3:eb79a2c4", "atime: 0x499602d2:1d6f3454");
    assertContains(small, "user.short (5) = \"value\"", "user.long (900)");
    assertContains(E2fs.debugfs(image, "stat /tree/twin"), small.split("   ")[0]);
    assertContains(E2fs.debugfs(image, "stat /tree/device"), "block special", "08:03");
    assertContains(E2fs.debugfs(image, "stat /tree/fifo"), "FIFO");
    assertContains(E2fs.debugfs(image, "stat /tree/long"), "Size: 300");
  }

  /** What a server notes for its clients has no name. */
  @Test
  void aVolumeThatGuestsUsedHoldsNoMoreThanTheirFiles() throws Exception {
    E2fs.run("mke2fs", "-q", "-t", "ext3", "-b", "4096", image.toString(), "32M");
    assertEquals(
        "/ mode,/lost+found mode", String.join(",", told("").keySet()), "a new volume is empty");
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " is not in\n" + text);
    }
  }
}
