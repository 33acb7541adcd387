package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernels that {@code bench cpu} times compute the same in a guest, however it maps its memory,
 * as natively: the machine code is the same.
 */
class KernelsTest {
  private static final Path NATIVE = Cli.HOME.resolve("domains/bench-cpu/native/build/kernels");
  private static final int ROUNDS = 7;

  private static final String SYSTEM =
      """
      [[domain]]
      name = "k"
      kernel = "%s"
      memory = 8
      cmdline = "%s"
      [[device]]
      type = "debugcon"
      domain = "k"
      [[device]]
      type = "debug-exit"
      domain = "k"
      port = 0x501
      """;

  @TempDir Path folder;

  @BeforeEach
  void build() throws IOException, InterruptedException {
    Cli.assumeEngine();
    NativePrograms.build("domains/bench-cpu/native");
  }

  @TestFactory
  Stream<DynamicTest> kernelsGiveTheSameChecksumInAGuestAndNatively() throws IOException {
    return guest("")
        .lines()
        .filter(line -> line.contains("kernel "))
        .map(line -> line.replaceFirst(".*kernel ", "").split(" ")[0])
        .map(kernel -> DynamicTest.dynamicTest(kernel, () -> compare(kernel)));
  }

  private void compare(String kernel) throws IOException, InterruptedException {
    String expected = natively(kernel);
    String cmdline = "kernel=%s check=%d slices=0".formatted(kernel, ROUNDS);
    assertEquals(expected, checksum(guest(cmdline)));
    assertEquals(expected, checksum(guest(cmdline + " paged")));
  }

  private static String natively(String kernel) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(NATIVE.toString(), kernel, "1", "0", "" + ROUNDS)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return checksum(said);
  }

  private String guest(String cmdline) throws IOException {
    Path image = Cli.IMAGES.resolve("bench-cpu.elf");
    Path system = folder.resolve("kernels.toml");
    Files.writeString(system, SYSTEM.formatted(image, cmdline));
    Cli.Result result = Cli.run("boot", system.toString(), "--time-limit", "60s");
    assertEquals(0, result.code(), result::all);
    return result.out();
  }

  private static String checksum(String said) {
    return said.lines()
        .filter(line -> line.contains("check "))
        .map(line -> line.replaceFirst(".*check ", "").strip())
        .reduce((a, b) -> a + b)
        .orElse("none in: " + said);
  }
}
