package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
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

  @Test
  void statsOfSeveralPcpusCountWhatAllOfThemExecuted() {
    Cli.Result one = Cli.run("engine", "stats", "ping", "--format", "json");
    Cli.Result two = Cli.run("engine", "stats", "ping", "--pcpus", "2", "--format", "json");
    assertEquals(0, one.code(), one::all);
    assertEquals(0, two.code(), two::all);
    assertTrue(ticks(two) > ticks(one) * 3 / 4, () -> one.all() + two.all());
  }

  /** What one of them does differs from run to run; this shows that the number counts. */
  @Test
  void statsRefuseMorePcpusThanThereCanBe() {
    Cli.Result result = Cli.run("engine", "stats", "ping", "--pcpus", "65");
    assertEquals(2, result.code(), result::all);
    assertTrue(result.err().contains("--pcpus 65: it is 1 to 64"), result::all);
  }

  private static long ticks(Cli.Result result) {
    Matcher matcher = Pattern.compile("\"ticks\" ?: ?(\\d+)").matcher(result.out());
    assertTrue(matcher.find(), result::all);
    return Long.parseLong(matcher.group(1));
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
