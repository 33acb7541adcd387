package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The headers assert their own layouts, so compiling them is the test. */
final class HeadersTest {
  private static final Path INCLUDE =
      Path.of(System.getProperty("ringside.root"), "guest-abi", "include");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCompilerAcceptsTheHeadersInEveryWidth() {
    List<Compiler> compilers = Compiler.installed();
    assumeFalse(compilers.isEmpty(), "neither gcc nor clang is installed");
    return compilers.stream()
        .flatMap(
            compiler ->
                Stream.of("-m64", "-m32")
                    .flatMap(
                        width ->
                            Stream.of("c", "assembler-with-cpp")
                                .map(language -> test(compiler, width, language))));
  }

  private DynamicTest test(Compiler compiler, String width, String language) {
    return DynamicTest.dynamicTest(
        compiler.command() + " " + width + " " + language,
        () -> compile(compiler, width, language));
  }

  private void compile(Compiler compiler, String width, String language) throws IOException {
    Path source = folder.resolve("headers.txt");
    Files.writeString(source, "#include <ringside/abi.h>\n");
    Compiler.Output output =
        compiler.run(
            source,
            List.of(
                width,
                "-std=c11",
                "-ffreestanding",
                "-nostdlib",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-I" + INCLUDE,
                "-c",
                "-o",
                "/dev/null",
                "-x",
                language));
    assertEquals("", output.text());
    assertEquals(0, output.exitCode());
  }
}
