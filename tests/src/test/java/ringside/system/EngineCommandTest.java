package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
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

  /** A page that is absent low in a guest's memory would send all of it through the TLB. */
  @Test
  void regionsOfOurGuestsUseTheLinearWindow() {
    Cli.Result result = Cli.run("engine", "stats", "storage", "--format", "json");
    assertEquals(0, result.code(), result::all);
    assertTrue(regionsBy(result, "window") > regionsBy(result, "tlb"), result::all);
  }

  private static long regionsBy(Cli.Result result, String memory) {
    return Pattern.compile("\"memory\" ?: ?\"" + memory + "\"")
        .matcher(result.out())
        .results()
        .count();
  }

  @Test
  void aDumpShowsAnInstructionOfTheGuestBesideItsBytecode() {
    Cli.Result result = Cli.run("engine", "dump", "hello");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().matches("(?s).*[0-9a-f]+  add [^\n]* lload .*"), result::all);
    assertTrue(result.out().contains("invokestatic spend"), result::all);
  }
}
