package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Parts of the guests that a Makefile builds for this computer, and programs that test them. */
final class NativePrograms {
  /** Programs of administrators may lie outside the path. */
  private static final String MORE_PATH = "/usr/sbin:/sbin";

  private final Path folder;

  private NativePrograms(Path folder) {
    this.folder = folder;
  }

  /** Builds them; the test is skipped where make, gcc or one of the tools is missing. */
  static NativePrograms build(String folder, String... tools)
      throws IOException, InterruptedException {
    Stream.concat(Stream.of("make", "gcc"), Stream.of(tools))
        .forEach(tool -> Assumptions.assumeTrue(found(tool), tool + " is needed"));
    Path path = Cli.HOME.resolve(folder);
    run("make", "-s", "-C", path.toString(), "all");
    return new NativePrograms(path);
  }

  Path folder() {
    return folder;
  }

  /** Fails with all that the program said unless it ends with 0. */
  void run(String program, Path... arguments) throws IOException, InterruptedException {
    String built = folder.resolve("build").resolve(program).toString();
    run(
        Stream.concat(Stream.of(built), Stream.of(arguments).map(Path::toString))
            .toArray(String[]::new));
  }

  private static boolean found(String program) {
    return Stream.of((System.getenv("PATH") + ":" + MORE_PATH).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", MORE_PATH, (path, more) -> path + ":" + more);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
  }
}
