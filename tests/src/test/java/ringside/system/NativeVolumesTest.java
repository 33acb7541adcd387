package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The guests' file system, built for this computer: volumes that it made are looked at by e2fsck;
 * volumes that mke2fs made are worked on at random, compared with a model, and judged by e2fsck; by
 * many threads at once; and as power cuts may leave them. {@code make -C drivers/ext/native check}
 * does the same.
 */
class NativeVolumesTest {
  private static final Path NATIVE = Cli.HOME.resolve("drivers/ext/native");
  private static final List<String> PROGRAMS =
      List.of(
          "ext-format",
          "ext-room",
          "ext-orphans",
          "ext-ahead",
          "ext-random",
          "ext-threads",
          "ext-large",
          "ext-corrupt",
          "ext-foreign",
          "ext-crash");

  @TestFactory
  Stream<DynamicTest> volumesHoldWhatTheModelSaysAndE2fsckFindsNothingWrong()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(found("make") && found("gcc"), "no C compiler: make and gcc needed");
    Assumptions.assumeTrue(
        found("mke2fs") && found("e2fsck") && found("debugfs"),
        "nobody to judge volumes: e2fsprogs needed");
    run("make", "-s", "-C", NATIVE.toString(), "all");
    return PROGRAMS.stream()
        .map(
            program ->
                DynamicTest.dynamicTest(
                    program, () -> run(NATIVE.resolve("build").resolve(program).toString())));
  }

  @Test
  void everyWorkloadOfOneOperationSurvivesAPowerCut() {
    Assumptions.assumeTrue(found("make") && found("gcc") && found("mke2fs") && found("e2fsck"));
    Cli.Result result = Cli.run("volume-sweep", "--operations", "1", "--format", "json");
    assertEquals(0, result.code(), result::all);
    assertEquals(192, result.json().at("/result/workloads").asInt(), result::all);
  }

  /** Programs of administrators may lie outside the path. */
  private static boolean found(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Fails with all that the program said unless it ends with 0. */
  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
  }
}
