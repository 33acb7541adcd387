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
 * Faults happen where the plan says, once, and a wrong plan is refused with what would be right.
 */
class FaultsTest {
  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static JsonNode boot(String... more) {
    List<String> command = new ArrayList<>(List.of("boot", "test-probes", "--format", "json"));
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new)).json();
  }

  private static JsonNode domain(JsonNode run) {
    return run.get("domains").get(0);
  }

  @Test
  void aKillAtTheNthHitOfAProbeIsBeforeItsNop() {
    JsonNode fourth = domain(boot("--fault", "test-probes:kill:probe=test_turn#4"));
    JsonNode fifth = domain(boot("--fault", "test-probes:kill:probe=test_turn#5"));
    assertTrue(fourth.get("detail").asText().contains("probe=test_turn#4"), fourth::toString);
    JsonNode crash = fourth.get("crash");
    assertTrue(crash.get("code").asText().startsWith("6690"), crash::toString);
    assertEquals(crash.get("rip"), fifth.get("crash").get("rip"));
    long turn = fifth.get("stopped_ns").asLong() - fourth.get("stopped_ns").asLong();
    assertTrue(turn > 0 && turn < 1_000, () -> turn + " ns for a turn");
  }

  @Test
  void aKillAtATimeOrATickIsThereAndTheSameEachTime() {
    JsonNode at = domain(boot("--fault", "test-probes:kill:at=40us"));
    long stopped = at.get("stopped_ns").asLong();
    assertTrue(stopped >= 40_000 && stopped < 41_000, at::toString);
    JsonNode tick = domain(boot("--fault", "test-probes:kill:instruction=3001"));
    assertEquals("crash", tick.get("outcome").asText());
    assertEquals(tick, domain(boot("--fault", "test-probes:kill:instruction=3001")));
  }

  @Test
  void aFaultThatIsNeverReachedIsTold() {
    JsonNode run = boot("--fault", "test-probes:kill:at=10s");
    assertEquals(
        "[\"test-probes:kill:at=10000000000ns\"]", run.get("faults_not_reached").toString());
    assertEquals("[]", boot().get("faults_not_reached").toString());
    Cli.Result text = Cli.run("boot", "test-probes", "--fault", "test-probes:kill:at=10s");
    assertTrue(text.err().contains("never happened"), text::all);
  }

  @Test
  void aKillAtAnEventComesBehindIt() {
    JsonNode run = domain(boot("--fault", "test-probes:kill:event=hypercall.entry#3"));
    assertTrue(run.get("detail").asText().contains("event=hypercall.entry#3"), run::toString);
  }

  @Test
  void aRestartedDomainIsNotKilledAgainByAFaultThatHasHappened() {
    JsonNode run =
        domain(
            boot(
                "--set",
                "test-probes.on_crash=restart",
                "--fault",
                "test-probes:kill:probe=test_turn#4",
                "--fault",
                "test-probes:kill:probe=test_turn#30"));
    assertEquals(2, run.get("restarts").asInt(), run::toString);
    assertEquals("success", run.get("verdict").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "kill, is not DOMAIN:WHAT:WHEN",
    "test-probes:kil:at=1ms, did you mean",
    "test-probes:kill:att=1ms, did you mean",
    "test-probes:kill:at=soon, is no span of time",
    "test-probes:kill:probe=nothing, it has test_begin",
    "test-probes:kill:probe=test_turn#0, whole number from 1",
    "test-probes:kill:event=hypercall.entri, hypercall.entry",
    "test-probes:kill:instruction=x, whole number from 1",
    "test-probes:page-fault:at=1ms, has no function fault_page_fault",
    "nobody:kill:at=1ms, there is no domain"
  })
  void aWrongPlanIsRefused(String fault, String says) {
    Cli.Result result = Cli.run("boot", "test-probes", "--fault", fault);
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains(says), result::all);
  }
}
