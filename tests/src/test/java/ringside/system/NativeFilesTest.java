package ringside.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as POSIX has them, built for this computer: cases with the errors that Linux gives too,
 * random sequences against a model, locks and writers of several processes, a device that fails,
 * volumes with wrong bits; on volumes that mke2fs made and e2fsck judges. {@code make -C
 * drivers/fs/native check} does the same.
 */
class NativeFilesTest {
  @TestFactory
  Stream<DynamicTest> callsReturnWhatPosixSaysAndE2fsckFindsNothingWrong()
      throws IOException, InterruptedException {
    NativePrograms programs =
        NativePrograms.build("drivers/fs/native", "mke2fs", "e2fsck", "debugfs");
    return Stream.concat(
        cases(programs).map(file -> test(programs, "fs-cases", file)),
        Stream.of("fs-random", "fs-locks", "fs-writers", "fs-faults", "fs-corrupt")
            .map(program -> test(programs, program)));
  }

  /** PostMark asks for what the program of that name does; fsx finds out what is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"postmark", "fsx"})
  void programsDoWhatTheyAreFor(String program) throws IOException, InterruptedException {
    NativePrograms.build("drivers/files/native", "objcopy", "mke2fs", "e2fsck").run(program);
  }

  private static Stream<Path> cases(NativePrograms programs) throws IOException {
    try (Stream<Path> files = Files.list(programs.folder().resolve("cases"))) {
      return files.sorted().toList().stream();
    }
  }

  private static DynamicTest test(NativePrograms programs, String program, Path... arguments) {
    String what = arguments.length == 0 ? program : arguments[0].getFileName().toString();
    return DynamicTest.dynamicTest(what, () -> programs.run(program, arguments));
  }
}
