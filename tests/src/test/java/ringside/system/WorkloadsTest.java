package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The systems of programs that work on files: they end well, and so does the volume. */
class WorkloadsTest {
  /** The program of a system with the file system linked in, on a controller of its own. */
  private static final String LINKED =
      """
      [[domain]]
      name = "app"
      kernel = "IMAGES/PROGRAM.elf"
      memory = 96
      [[device]]
      type = "nvme"
      domain = "app"
      file = "DISK"
      size = "32M"
      """;

  @TempDir Path folder;

  private Path disk;

  @BeforeEach
  void volume() {
    Cli.assumeEngine();
    E2fs.assumeThere();
    disk = folder.resolve("volume.img");
  }

  /** Boots a description with an empty disk; what the programs said. */
  private String boot(String description, String... more) throws Exception {
    Files.deleteIfExists(disk);
    Path file = Files.writeString(folder.resolve("system.toml"), description);
    String[] command =
        Stream.concat(Stream.of("boot", file.toString()), Stream.of(more)).toArray(String[]::new);
    Cli.Result result = Cli.run(command);
    assertEquals(0, result.code(), result::all);
    assertEquals(List.of(more).contains("--fault"), result.err().contains("was away for"));
    E2fs.assertClean(disk);
    return result.out();
  }

  /** images/NAME.toml, with the images where they are and the disk in a file. */
  private String system(String name) throws IOException {
    String text = Files.readString(Cli.HOME.resolve("images/" + name + ".toml"));
    return text.replace("size =", "file = \"" + disk + "\"\nsize =")
        .replace("\"build/", "\"" + Cli.IMAGES + "/");
  }

  private String linked(String program) {
    return LINKED
        .replace("IMAGES", Cli.IMAGES.toString())
        .replace("PROGRAM", program)
        .replace("DISK", disk.toString());
  }

  /** What a program said last, from a word on. */
  private static String line(String out, String from) {
    String line = out.lines().filter(l -> l.contains(from)).findFirst().orElseThrow();
    return line.substring(line.indexOf(from));
  }

  /** What each system says, among other things. */
  private static final List<List<String>> SYSTEMS =
      List.of(
          List.of("postmark", "149 created", "Deletion alone: 48 files", " 0 errors"),
          List.of("fsx", "seed 3: model and files agree", "fsx: 3 runs, 900 steps"),
          List.of("fileserver", "3 loops of 11 operations", "summary: 330 ops", " 0 errors"),
          List.of("varmail", "fsync               48 ops", "summary: 312 ops", " 0 errors"),
          List.of("webserver", "summary: 930 ops", " 0 errors"),
          List.of("share", "share: counters 80 and 80, version 40, 40 names changed hands"));

  @TestFactory
  Stream<DynamicTest> everySystemEndsWellAndLeavesACleanVolume() {
    return SYSTEMS.stream()
        .map(system -> DynamicTest.dynamicTest(system.get(0), () -> endsWell(system)));
  }

  private void endsWell(List<String> expected) throws Exception {
    String out = boot(system(expected.get(0)));
    for (String text : expected.subList(1, expected.size())) {
      assertTrue(out.contains(text), () -> text + " is not in\n" + out);
    }
  }

  @Test
  void postmarkDoesTheSameAtAServerAndLinkedIn() throws Exception {
    String options = "app.cmdline=number=20 transactions=100 read=4k write=4k verify";
    String served = boot(system("postmark"), "--set", options);
    String alone =
        boot(linked("postmark"), "--set", options + " where=linked path=nvme format=ext3");
    assertEquals(line(served, "postmark:"), line(alone, "postmark:"));
  }

  @Test
  void fsxDoesTheSameAtAServerAndLinkedIn() throws Exception {
    String options = "app.cmdline=seed=11 steps=200";
    String served = boot(system("fsx"), "--set", options);
    String alone = boot(linked("fsx"), "--set", options + " where=linked path=nvme format=ext3");
    assertEquals(line(served, "fsx: 1 runs"), line(alone, "fsx: 1 runs"));
  }

  /** Results know nothing of time, so a run with a pause in it says the same. */
  @ParameterizedTest
  @CsvSource({
    "postmark, number=20 transactions=60 verify, postmark:, fs:kill:probe=ivmc_serve#500",
    "postmark, number=20 transactions=60 verify, postmark:, storage:kill:probe=nvme_submit#300",
    "fsx, seed=5 steps=150, fsx: 1 runs, fs:kill:probe=ivmc_serve#100",
    "fsx, seed=5 steps=150, fsx: 1 runs, storage:kill:probe=nvme_submit#100",
    "share, me=0, share: counters, fs:kill:probe=ivmc_serve#400"
  })
  void resultsAreTheSameWhenAServerIsKilled(
      String system, String options, String line, String fault) throws Exception {
    String domain = system.equals("share") ? "one" : "app";
    String set = domain + ".cmdline=" + options;
    String undisturbed = boot(system(system), "--set", set);
    String disturbed = boot(system(system), "--set", set, "--fault", fault);
    assertEquals(line(undisturbed, line), line(disturbed, line));
  }
}
