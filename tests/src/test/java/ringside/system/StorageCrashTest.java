package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The storage server is killed at every step of its rings, its channel, its NVMe driver and its
 * controller while overlapping writes, reads, flushes, discards and zeroes are under way: each time
 * the client ends as it would have, the disk holds what it would have, and nothing is left over.
 */
class StorageCrashTest {
  private static final String WORKLOAD =
      "app.cmdline=ops=60 blocks=48 longest=6 depth=6 order=4 fresh region=1m path=";

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  /** Some are killed again, mostly while they recover. */
  @ParameterizedTest
  @CsvSource({"copy, 100000, 150", "direct, 700, 150"})
  void aServerMayDieAnywhere(String path, String points, String twice) {
    Cli.Result result =
        Cli.run(
            "crash-sweep",
            "crash",
            "--set",
            WORKLOAD + path,
            "--points",
            points,
            "--twice",
            twice,
            "--format",
            "json");
    JsonNode sweep = result.json();
    assertEquals("[]", sweep.get("failures").toString());
    assertEquals(0, result.code(), result::all);
    assertTrue(sweep.get("steps").asInt() > 2000, sweep::toString);
    assertTrue(sweep.get("runs").asInt() > 800, sweep::toString);
  }
}
