package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rings of the guests, built for this computer: every schedule of small programs explored, with
 * the known mistakes that must be found; many threads under the compiler's sanitizers, their
 * histories checked. {@code make -C drivers/ring/native check} does the same.
 */
class NativeRingsTest {
  private static final Path NATIVE = Cli.HOME.resolve("drivers/ring/native");
  private static final List<String> PROGRAMS =
      List.of(
          "ring-histories",
          "ring-garbage",
          "ring-explorer",
          "ring-stress-plain",
          "ring-stress-thread",
          "ring-stress-address");

  @TestFactory
  Stream<DynamicTest> theRingsAreLinearizableAndEveryKnownMistakeIsFound()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(found("make") && found("gcc"), "no C compiler: make and gcc needed");
    run("make", "-s", "-C", NATIVE.toString(), "all");
    return PROGRAMS.stream()
        .map(
            program ->
                DynamicTest.dynamicTest(
                    program, () -> run(NATIVE.resolve("build").resolve(program).toString())));
  }

  private static boolean found(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Fails with all that the program said unless it ends with 0. */
  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
  }
}
