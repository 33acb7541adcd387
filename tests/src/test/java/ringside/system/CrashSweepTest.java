package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep itself, on a guest with a few steps: it finds what there is to find, and no more. */
class CrashSweepTest {
  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static JsonNode sweep(String onCrash, int code) {
    Cli.Result result =
        Cli.run(
            "crash-sweep",
            "test-probes",
            "--domain",
            "test-probes",
            "--set",
            "test-probes.on_crash=" + onCrash,
            "--points",
            "30",
            "--twice",
            "10",
            "--format",
            "json");
    assertEquals(code, result.code(), result::all);
    return result.json();
  }

  @Test
  void aGuestThatStartsAnewEachTimeIsFoundWell() {
    JsonNode result = sweep("restart", 0);
    assertEquals(203, result.get("steps").asInt());
    assertEquals(40, result.get("runs").asInt());
    assertTrue(result.get("failures").isEmpty(), result::toString);
  }

  /** There is no second time for it. */
  @Test
  void aGuestThatStaysDeadIsFoundAtEveryPointWithACommandThatShowsIt() {
    JsonNode failures = sweep("destroy", 1).get("failures");
    assertEquals(30, failures.size());
    String command = failures.get(0).get("command").asText();
    assertTrue(
        command.startsWith(
            "ringside boot test-probes --set 'test-probes.on_crash=destroy' --fault "),
        command);
    assertTrue(failures.get(0).get("problems").toString().contains("CRASH"), failures::toString);
  }

  @Test
  void aDiskThatWouldKeepWhatARunWroteIsRefused() {
    Cli.Result result = Cli.run("crash-sweep", "storage");
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("a disk of storage is a file"), result::all);
  }
}
