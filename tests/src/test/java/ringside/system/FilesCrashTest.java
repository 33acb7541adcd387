package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Either server is killed at steps spread over a run in which two domains make, rename, append to,
 * delete and lock files: every call has the result that it has without a kill, no lock is given
 * away, and the volume has the same files and no fault.
 */
class FilesCrashTest {
  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  @ParameterizedTest
  @CsvSource({"fs, 60, 30", "storage, 30, 10"})
  void whatMustNotBeDoneTwiceIsDoneOnce(String domain, String points, String twice) {
    Cli.Result result =
        Cli.run(
            "crash-sweep",
            "filecrash",
            "--domain",
            domain,
            "--points",
            points,
            "--twice",
            twice,
            "--format",
            "json");
    JsonNode sweep = result.json();
    assertEquals("[]", sweep.get("failures").toString());
    assertEquals(0, result.code(), result::all);
    assertTrue(sweep.get("steps").asInt() > 10_000, sweep::toString);
  }
}
