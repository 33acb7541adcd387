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
  private E2fs() {}

  /** What it says; it must end well. Skips the test where it is not installed. */
  static String run(String program, String... arguments) throws IOException, InterruptedException {
    Path file = Path.of("/usr/sbin").resolve(program);
    Assumptions.assumeTrue(
        Files.isExecutable(file), "e2fsprogs is not installed (dev setup installs it)");
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), () -> command + "\n" + said);
    return said;
  }

  static void assertClean(Path volume) throws IOException, InterruptedException {
    run("e2fsck", "-fn", volume.toString());
  }
}
