package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.cli.control.RunningSystem;

/** A system that runs is seen and told things from outside, as from another process. */
class ControlTest {
  private static final String ENDLESS = "fuzz.cmdline=calls=1000000000 seed=1";

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  @Test
  void aRunningDomainIsSeenAndKilled() {
    CompletableFuture<Cli.Result> run =
        CompletableFuture.supplyAsync(() -> Cli.run("boot", "fuzz", "--set", ENDLESS));
    while (RunningSystem.all().isEmpty() && !run.isDone()) {
      Thread.onSpinWait();
    }
    Cli.Result seen = Cli.run("ps", "--format", "json");
    assertEquals(0, seen.code(), seen::all);
    assertEquals("fuzz", seen.json().at("/systems/0/name").asText(), seen::all);
    Cli.Result nobody = Cli.run("kill", "fuzz", "nobody");
    assertEquals(2, nobody.code(), nobody::all);
    assertTrue(nobody.err().contains("no domain \"nobody\""), nobody::all);
    Cli.Result killed = Cli.run("kill", "fuzz", "fuzz");
    assertEquals(0, killed.code(), killed::all);
    Cli.Result result = run.join();
    assertEquals(1, result.code(), result::all);
    assertTrue(result.all().contains("killed by ringside kill"), result::all);
    assertTrue(RunningSystem.all().isEmpty(), "its socket is still there");
  }

  @Test
  void whatDoesNotRunCannotBeKilled() {
    Cli.Result result = Cli.run("kill", "nothing", "nobody");
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("no system \"nothing\" is running"), result::all);
  }
}
