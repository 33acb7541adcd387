package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cli.Engines;
import ringside.cli.UserError;
import ringside.cpu.Engine;

/** Whole systems on both engines at once: not one register nor byte of memory differs. */
class LockstepTest {
  @ParameterizedTest
  @ValueSource(strings = {"hello", "ping", "test-user-mode", "test-compat32"})
  void bothEnginesDoTheSame(String system) {
    try (Engine engine = Engines.create("lockstep")) {
      assertEquals(1, engine.maximumPcpus());
    } catch (UserError e) {
      Assumptions.abort(e.getMessage());
    }
    Cli.Result result = Cli.run("boot", system, "--engine", "lockstep");
    assertEquals(0, result.code(), result::all);
  }
}
