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

  private static JsonNode sweep(String system, String domain, String cmdline, String points) {
    Cli.Result result =
        Cli.run(
            "crash-sweep",
            system,
            "--domain",
            domain,
            "--set",
            "app.cmdline=" + cmdline,
            "--points",
            points,
            "--twice",
            "10",
            "--format",
            "json");
    JsonNode sweep = result.json();
    assertEquals("[]", sweep.get("failures").toString());
    assertEquals(0, result.code(), result::all);
    return sweep;
  }

  @ParameterizedTest
  @CsvSource({"fs, 50", "storage, 25"})
  void whatMustNotBeDoneTwiceIsDoneOnce(String domain, String points) {
    JsonNode sweep = sweep("filecrash", domain, "rounds=1 threads=2", points);
    assertTrue(sweep.get("steps").asInt() > 5_000, sweep::toString);
  }

  /** The model of fsx agrees, PostMark's operations have the results that they always have. */
  @ParameterizedTest
  @CsvSource({
    "fsx, fs, seed=1 runs=1 steps=150, 40",
    "fsx, storage, seed=2 runs=1 steps=100, 15",
    "postmark, fs, number=15 transactions=50 read=4k write=4k verify, 20",
    "postmark, storage, number=10 transactions=30 read=4k write=4k verify, 15"
  })
  void programsEndAsTheyWouldHave(String system, String domain, String cmdline, String points) {
    sweep(system, domain, cmdline, points);
  }
}
