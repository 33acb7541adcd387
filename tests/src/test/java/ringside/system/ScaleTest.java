package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many domains, and many hypercalls. */
class ScaleTest {
  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  @Test
  void fiftyIdleDomainsBootAndShutDownInOneMachine() {
    Cli.Result result = Cli.run("boot", "fifty", "--format", "json");
    assertEquals(0, result.code(), result::all);
    assertEquals(50, result.json().get("domains").size());
  }

  /** Fewer than the million that the README's command makes; the seed is in the description. */
  @Test
  void randomHypercallsLeaveTheMachineAndTheNeighbourAlive() {
    Cli.Result result = Cli.run("boot", "fuzz", "--format", "json");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.json().get("ok").asBoolean(), result::all);
  }
}
