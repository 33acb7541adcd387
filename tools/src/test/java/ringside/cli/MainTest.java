package ringside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Command lines that boot nothing: exit codes, streams, the words of errors. */
class MainTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void project() throws IOException {
    System.setProperty("ringside.home", home.toString());
    Path images = Files.createDirectories(home.resolve("images/build")).getParent();
    Files.writeString(images.resolve("wrong.toml"), "description = \"It is wrong.\"\nsede = 1\n");
    Files.writeString(images.resolve("build/text.elf"), "text");
  }

  private Terminal terminal() {
    return new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(terminal(), args);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void helpIsAResultAndEndsWell() {
    assertEquals(ExitCode.OK, run("--help"));
    assertTrue(out.toString().startsWith("Usage: ringside"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void noCommandIsWrongUsage() {
    assertEquals(ExitCode.WRONG_INPUT, run());
  }

  @Test
  void aMisspeltVerbIsWrongUsageWithASuggestion() {
    assertEquals(ExitCode.WRONG_INPUT, run("boto", "hello"));
    assertTrue(err.toString().contains("boot"), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void aMisspeltOptionIsWrongUsageWithASuggestion() {
    assertEquals(ExitCode.WRONG_INPUT, run("boot", "hello", "--memry", "5"));
    assertTrue(err.toString().contains("--memory"), err::toString);
  }

  @Test
  void anUnknownSystemIsWrongInputWithASuggestion() {
    assertEquals(ExitCode.WRONG_INPUT, run("boot", "wrogn"));
    assertEquals(
        "ringside: error: there is no system, description or image \"wrogn\"\n"
            + "  did you mean \"wrong\"?\n",
        err.toString());
  }

  @Test
  void aWrongDescriptionIsNotBooted() {
    assertEquals(ExitCode.WRONG_INPUT, run("boot", "wrong"));
    assertTrue(
        err.toString().contains("wrong.toml:2:1: unknown key \"sede\"; did you mean \"seed\"?"),
        err::toString);
  }

  @Test
  void checkTellsEveryErrorOnTheStandardOutput() {
    assertEquals(ExitCode.WRONG_INPUT, run("check", "wrong"));
    assertTrue(out.toString().contains(":2:1: unknown key \"sede\""), out::toString);
  }

  @Test
  void checkAsJsonHasEachErrorWithItsPlace() throws IOException {
    assertEquals(ExitCode.WRONG_INPUT, run("check", "wrong", "--format", "json"));
    JsonNode json = json();
    assertFalse(json.get("ok").asBoolean());
    JsonNode problem = json.get("problems").get(0);
    assertEquals(2, problem.get("line").asInt());
    assertEquals(1, problem.get("column").asInt());
    assertEquals("unknown key \"sede\"", problem.get("message").asText());
    assertEquals("did you mean \"seed\"?", problem.get("hint").asText());
  }

  @Test
  void aSetWithoutAnEqualsSignIsWrongInput() {
    assertEquals(ExitCode.WRONG_INPUT, run("check", "wrong", "--set", "memory"));
    assertTrue(err.toString().contains("write --set DOMAIN.KEY=VALUE"), err::toString);
  }

  @Test
  void listShowsDescriptions() throws IOException {
    assertEquals(ExitCode.OK, run("list"));
    assertTrue(out.toString().contains("It is wrong."), out::toString);
    assertEquals(ExitCode.OK, run("list", "--format", "json"));
    assertEquals("wrong", json().get("systems").get(0).get("name").asText());
    assertEquals("text", json().get("images").get(0).asText());
  }

  @Test
  void quietLeavesOnlyResults() {
    assertEquals(ExitCode.OK, run("list", "--quiet"));
    assertEquals("", err.toString());
  }

  @Test
  void aFileThatIsNoImageIsWrongInput() {
    assertEquals(ExitCode.WRONG_INPUT, run("image", "info", "text"));
    assertEquals(
        "ringside: error: text: not an ELF file; give an x86 ELF image with a PVH entry note\n",
        err.toString());
  }

  @Test
  void docHypercallFindsAPageAndSuggestsOne() throws IOException {
    assertEquals(ExitCode.OK, run("doc", "hypercall", "sched_op"));
    assertTrue(out.toString().contains("SCHEDOP_poll"), out::toString);
    assertEquals(ExitCode.OK, run("doc", "hypercall", "sched_op", "--format", "json"));
    assertEquals(29, json().get("number").asInt());
    assertEquals(ExitCode.WRONG_INPUT, run("doc", "hypercall", "shced_op"));
    assertTrue(err.toString().contains("sched_op"), err::toString);
  }

  @Test
  void docSystemKnowsEveryKey() throws IOException {
    assertEquals(ExitCode.OK, run("doc", "system", "--format", "json"));
    List<String> keys = json().get("keys").findValuesAsText("key");
    assertTrue(keys.containsAll(List.of("seed", "kernel", "depends_on", "port")), keys::toString);
  }

  @Test
  void everyCommandHasAManualPageAndIsInTheCompletionScript() {
    CommandLine line = Main.commandLine(terminal());
    assertEquals(ExitCode.OK, run("completion"));
    for (String name : line.getSubcommands().keySet()) {
      assertTrue(out.toString().contains(name), name);
    }
    for (String name : line.getSubcommands().keySet()) {
      assertEquals(ExitCode.OK, run("man", name));
      assertTrue(
          out.toString().contains("ringside\\-" + name.replace("-", "\\-") + " \\- "),
          out::toString);
    }
  }

  @Test
  void everyVerbThatPrintsResultsKnowsTheFormats() {
    for (CommandLine line : Main.commandLine(terminal()).getSubcommands().values()) {
      boolean group = !line.getSubcommands().isEmpty();
      boolean text = List.of("completion", "man").contains(line.getCommandName());
      if (!group && !text) {
        assertTrue(
            line.getCommandSpec().optionsMap().containsKey("--format"), line.getCommandName());
      }
    }
  }

  @Test
  void aBugOfOursIsToldWithWhatAReportNeeds() {
    CommandLine line = Main.commandLine(terminal());
    Exception bug = new IllegalStateException("a table lies");
    line.addSubcommand("fail", new Failing(bug));
    assertEquals(ExitCode.BUG, line.execute("fail", "--quiet"));
    assertTrue(err.toString().contains("a table lies"), err::toString);
    assertTrue(err.toString().contains("command  ringside fail --quiet"), err::toString);
  }

  @CommandLine.Command(name = "fail")
  private static final class Failing implements java.util.concurrent.Callable<Integer> {
    private final Exception bug;

    Failing(Exception bug) {
      this.bug = bug;
    }

    @Override
    public Integer call() throws Exception {
      throw bug;
    }
  }
}
