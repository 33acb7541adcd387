package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Devices of a description: a guest that talks by ports alone, and whose last word is its verdict.
 */
class DebugPortsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 1"})
  void whatTheGuestWritesIsHeardAndDecidesTheExitCode(int value, int code) throws IOException {
    Cli.assumeEngine();
    Path description = folder.resolve("ports.toml");
    Files.writeString(
        description,
        Cli.domain("guest", "debug-ports", "value=" + value, "memory = 8\n")
            + """

            [[device]]
            type = "debugcon"
            domain = "guest"

            [[device]]
            type = "debug-exit"
            domain = "guest"
            port = 0x501
            """);
    Cli.Result result = Cli.run("boot", description.toString());
    assertEquals(code, result.code(), result::all);
    assertTrue(result.out().contains("guest | written to a port"), result::all);
  }
}
