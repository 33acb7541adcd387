package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README tells the truth: its commands run, in order, in a shell, as a reader would type them,
 * and its picture shows what the first one prints. The set-up and the tests are what runs this: of
 * their lines it is checked that CI runs the same.
 */
class ReadmeTest {
  private static final String DEV = "tools/ringside dev ";
  private static final String FAULT = "fs:kill:probe=ivmc_serve#10";
  private static final String PICTURED = "tools/ringside boot files --fault " + FAULT;

  @TempDir Path folder;

  private final Set<String> before = new TreeSet<>();

  @BeforeEach
  void rememberWhatIsThere() throws IOException {
    Cli.assumeEngine();
    before.addAll(topLevel());
  }

  /** Commands write their traces into the folder they are started in. */
  @AfterEach
  void removeWhatCommandsLeft() throws IOException {
    for (String name : topLevel()) {
      if (!before.contains(name)) {
        Files.delete(Cli.HOME.resolve(name));
      }
    }
  }

  private static List<String> topLevel() throws IOException {
    try (Stream<Path> files = Files.list(Cli.HOME)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Cli.HOME.resolve("README.md"))) {
      if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside) {
        commands.add(line);
      }
    }
    return commands;
  }

  @Test
  void everyCommandEndsWell() throws IOException, InterruptedException {
    int run = 0;
    boolean unicorn = Cli.unicornIsThere();
    for (String line : commands()) {
      String command = line.replace(DEV + "setup && ", "");
      if (command.startsWith(DEV) || needsUnicorn(command) && !unicorn) {
        continue;
      }
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(Cli.HOME.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes());
      assertEquals(0, process.waitFor(), () -> command + "\n" + said);
      run++;
    }
    assertTrue(run > 10, run + " commands found");
    Assumptions.assumeTrue(unicorn, "all but those commands that need libunicorn ended well");
  }

  private static boolean needsUnicorn(String command) {
    return command.contains("--engine unicorn") || command.contains("--engine lockstep");
  }

  @Test
  void ciRunsTheSetUpAndTheTestCommandOfTheReadme() throws IOException {
    String ci = Files.readString(Cli.HOME.resolve(".ci/run"));
    String test = commands().stream().filter(c -> c.endsWith("dev test")).findFirst().orElseThrow();
    for (String part : test.split(" && ")) {
      assertTrue(ci.contains(part), ".ci/run does not run: " + part);
    }
  }

  /** Counts and times of the picture may be those of an older build; words may not. */
  @Test
  void thePictureShowsWhatItsCommandsPrint() throws IOException {
    String drawn = Files.readString(Cli.HOME.resolve(".github/files.svg"));
    String picture = withoutNumbers(drawn);
    assertTrue(commands().stream().anyMatch(c -> c.endsWith(PICTURED)), PICTURED);
    String system = systemWithAnEmptyDisk().toString();
    assertShows(picture, Cli.type(typed(drawn, 0), "boot", system));
    Cli.Result again = Cli.type(typed(drawn, 1), "boot", system, "--fault", FAULT);
    assertShows(picture, again);
    assertTrue(again.err().contains("was away for"), again::all);
  }

  /** What somebody types in the picture's first or second session. */
  private static String typed(String drawn, int session) {
    String[] sessions = drawn.split("\\$ tools/ringside boot files");
    StringBuilder lines = new StringBuilder();
    for (String line : sessions[session + 1].lines().toList()) {
      if (line.contains(">/ $ ")) {
        String text = line.replaceFirst(".*>/ \\$ ", "").replaceFirst("</text>.*", "");
        lines.append(text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"));
        lines.append('\n');
      }
    }
    return lines.toString();
  }

  private Path systemWithAnEmptyDisk() throws IOException {
    String images = "\"" + Cli.HOME.resolve("images/build/");
    return Files.writeString(
        folder.resolve("files.toml"),
        Files.readString(Cli.HOME.resolve("images/files.toml"))
            .replace("\"build/files.img", "\"" + folder.resolve("files.img"))
            .replace("\"build/", images + "/"));
  }

  private static void assertShows(String picture, Cli.Result result) {
    assertEquals(0, result.code(), result::all);
    for (String line : result.out().lines().toList()) {
      String text = line.stripTrailing().replace("&", "&amp;").replace("<", "&lt;");
      assertTrue(
          picture.contains(withoutNumbers(text.replace(">", "&gt;"))),
          "not in the picture, which tools/ringside dev picture draws: " + line);
    }
  }

  private static String withoutNumbers(String text) {
    return text.replaceAll("[0-9]+(\\.[0-9]+)?( [num]?s\\b)?", "#").replaceAll(" +", " ");
  }
}
