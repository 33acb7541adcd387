package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep itself, on few workloads: files survive power cuts, unless flushes do nothing. */
class PowerSweepTest {
  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static JsonNode sweep(int code, String... more) {
    String[] command = new String[more.length + 4];
    command[0] = "power-sweep";
    command[1] = "power";
    command[2] = "--format";
    command[3] = "json";
    System.arraycopy(more, 0, command, 4, more.length);
    Cli.Result result = Cli.run(command);
    assertEquals(code, result.code(), result::all);
    return result.json();
  }

  @Test
  void whatWasSyncedIsThereAndNothingIsThereByHalfAfterEveryPowerCut() {
    JsonNode result =
        sweep(0, "--workloads", "6", "--together", "3", "--e2fsck", "80", "--boot", "900");
    assertEquals(6, result.get("workloads").asInt());
    assertTrue(result.get("booted").asInt() > 0, result::toPrettyString);
    assertTrue(result.get("images").asLong() > 5 * result.get("changes").asLong(), "" + result);
    assertTrue(result.get("failures").isEmpty(), result::toPrettyString);
  }

  @Test
  void aDiskThatTakesFlushesForNothingIsFoundOut() {
    JsonNode failures =
        sweep(1, "--first", "20", "--workloads", "1", "--ignore-flushes", "--e2fsck", "0")
            .get("failures");
    assertTrue(!failures.isEmpty());
    assertTrue(failures.get(0).get("choice").asText().contains("lost"), failures::toPrettyString);
  }
}
