package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The host's e2fsprogs, which judge. */
final class E2fs {
  private static final Path FOLDER = Path.of("/usr/sbin");

  private E2fs() {}

  /** Skips the test where it is not installed. */
  static void assumeThere() {
    Assumptions.assumeTrue(
        Files.isExecutable(FOLDER.resolve("mke2fs")),
        "e2fsprogs is not installed (dev setup installs it)");
  }

  /** What it says; it must end well. Skips the test where it is not installed. */
  static String run(String program, String... arguments) throws IOException, InterruptedException {
    assumeThere();
    Path file = FOLDER.resolve(program);
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), () -> command + "\n" + said);
    return said;
  }

  /** What debugfs does on a request; it ends with 0 whatever happened. */
  static String debugfs(Path volume, String request) throws IOException, InterruptedException {
    return run("debugfs", "-w", "-R", request, volume.toString());
  }

  static void assertClean(Path volume) throws IOException, InterruptedException {
    run("e2fsck", "-fn", volume.toString());
  }
}
