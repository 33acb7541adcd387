package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.cli.control.RunningSystem;

/** A system that runs is seen and told things from outside, as from another process. */
class ControlTest {
  /** No other run on this computer has it. */
  private static final String NAME = "control-" + ProcessHandle.current().pid();

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  /** A test that fails leaves nothing behind that runs for ever. */
  @AfterEach
  void end() throws IOException {
    if (runs()) {
      RunningSystem.named(NAME).kill("fuzz");
    }
  }

  private static boolean runs() {
    return RunningSystem.all().stream().anyMatch(system -> system.name().equals(NAME));
  }

  private static JsonNode ours(JsonNode systems) {
    for (JsonNode system : systems) {
      if (system.get("name").asText().equals(NAME)) {
        return system;
      }
    }
    throw new AssertionError(NAME + " is not among " + systems);
  }

  @Test
  void aRunningDomainIsSeenAndKilled() throws IOException {
    String endless = Cli.domain("fuzz", "fuzz", "calls=1000000000 seed=1", "");
    Path description = Files.writeString(folder.resolve(NAME + ".toml"), endless);
    CompletableFuture<Cli.Result> run = Cli.beside(() -> Cli.run("boot", description.toString()));
    while (!runs() && !run.isDone()) {
      Thread.onSpinWait();
    }
    Cli.Result seen = Cli.run("ps", "--format", "json");
    assertEquals(0, seen.code(), seen::all);
    JsonNode domain = ours(seen.json().get("systems")).at("/machine/domains/0");
    assertEquals("fuzz", domain.get("name").asText(), seen::all);
    Cli.Result nobody = Cli.run("kill", NAME, "nobody");
    assertEquals(2, nobody.code(), nobody::all);
    assertTrue(nobody.err().contains("no domain \"nobody\""), nobody::all);
    Cli.Result killed = Cli.run("kill", NAME, "fuzz");
    assertEquals(0, killed.code(), killed::all);
    Cli.Result result = run.join();
    assertEquals(1, result.code(), result::all);
    assertTrue(result.all().contains("killed by ringside kill"), result::all);
    assertFalse(runs(), "its socket is still there");
  }

  @Test
  void whatDoesNotRunCannotBeKilled() {
    Cli.Result result = Cli.run("kill", "nothing", "nobody");
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("no system \"nothing\" is running"), result::all);
  }
}
