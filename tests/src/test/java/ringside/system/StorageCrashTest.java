package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The storage server is killed at every step of its rings, its channel, its NVMe driver and its
 * controller while overlapping writes, reads, flushes, discards and zeroes are under way: each time
 * the client ends as it would have, every block of the disk was changed as it would have been, and
 * nothing is left over.
 */
class StorageCrashTest {
  private static final String WORKLOAD =
      "app.cmdline=ops=60 blocks=48 longest=6 depth=6 order=4 fresh region=1m path=";

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static JsonNode sweep(String path, String... more) {
    List<String> command =
        new ArrayList<>(List.of("crash-sweep", "crash", "--format", "json", "--set"));
    command.add(WORKLOAD + path);
    command.addAll(List.of(more));
    Cli.Result result = Cli.run(command.toArray(String[]::new));
    JsonNode sweep = result.json();
    assertEquals("[]", sweep.get("failures").toString());
    assertEquals(0, result.code(), result::all);
    return sweep;
  }

  /** Some are killed again in the midst of the recovery, some at any time. */
  @ParameterizedTest
  @CsvSource({"copy, 100000, 100, 50", "direct, 350, 150, 50"})
  void aServerMayDieAnywhere(String path, String points, String twice, String times) {
    JsonNode sweep = sweep(path, "--points", points, "--twice", twice, "--times", times);
    assertTrue(sweep.get("steps").asInt() > 2000, sweep::toString);
    assertTrue(sweep.get("runs").asInt() >= 550, sweep::toString);
  }

  @Test
  void aServerMayFaultAnywhere() {
    sweep("copy", "--fault", "page-fault", "--points", "60", "--twice", "20");
  }

  /** A second of virtual time goes by until its watchdog finds it. */
  @ParameterizedTest
  @CsvSource({"loop, 3", "spin, 2", "deadlock, 1"})
  void aServerMayHangAnywhere(String fault, String points) {
    sweep("direct", "--fault", fault, "--points", points, "--twice", "0");
  }
}
