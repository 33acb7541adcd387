package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code ringside engine}: what the translator did in a run, and how a region looks. */
class EngineCommandTest {
  @Test
  void statsCountTheTicksOfTheRunAndWhatWasTranslated() {
    Cli.Result result = Cli.run("engine", "stats", "hello", "--format", "json");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().matches("(?s).*\"ticks\" ?: ?[1-9]\\d{5,}.*"), result::all);
    assertTrue(result.out().contains("\"requests\""), result::all);
  }

  @Test
  void aDumpShowsAnInstructionOfTheGuestBesideItsBytecode() {
    Cli.Result result = Cli.run("engine", "dump", "hello");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().matches("(?s).*[0-9a-f]+  add [^\n]* lload .*"), result::all);
    assertTrue(result.out().contains("invokestatic spend"), result::all);
  }
}
