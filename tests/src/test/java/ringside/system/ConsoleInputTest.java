package ringside.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.cli.Main;
import ringside.cli.Terminal;
import ringside.cli.control.RunningSystem;

/** A console that is the terminal: a guest asks, somebody types. */
class ConsoleInputTest {
  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private String system(String cmdline, String more) throws IOException {
    String text = Cli.domain("app", "test-console-input", cmdline, "console = \"terminal\"");
    return Files.writeString(folder.resolve("typing.toml"), text + more).toString();
  }

  @Test
  void aGuestGetsLineByLineWhenItAsksAndThenTheEnd() throws IOException {
    Cli.Result result = Cli.type("one\ntwo \u00e4\nno newline", "boot", system("typed=21", ""));
    assertEquals(0, result.code(), result::all);
    String shown =
        """
        ? one
        [one
        ]
        ? two \u00e4
        [two \u00e4
        ]
        ? no newline[no newline]
        ? the end
        ? 3 checks passed
        Test result: SUCCESS
        """;
    assertEquals(shown, result.out(), result::all);
  }

  @Test
  void aLineLongerThanTheRingComesInPieces() throws IOException {
    String line = "0123456789".repeat(1000) + "\n";
    Cli.Result result = Cli.type(line, "boot", system("typed=10001 piece=33", ""));
    assertEquals(0, result.code(), result::all);
  }

  @Test
  void nobodyTypesAndTheInputIsAtItsEnd() throws IOException {
    Cli.Result result = Cli.run("boot", system("typed=0", ""));
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().startsWith("? the end\n"), result::all);
  }

  @Test
  void linesOfOtherDomainsStayReadable() throws IOException {
    String other = Cli.domain("other", "hello", "", "");
    Cli.Result result = Cli.type("x\n", "boot", system("typed=2", other));
    assertEquals(0, result.code(), result::all);
    result
        .out()
        .lines()
        .filter(line -> line.contains("Hello"))
        .forEach(line -> assertTrue(line.startsWith("other | Hello"), result::all));
  }

  @Test
  void theSameLinesGiveTheSameTraceHoweverSlowlyTheyCome() throws IOException {
    Path quick = folder.resolve("quick.trace");
    Path slow = folder.resolve("slow.trace");
    String system = system("typed=8", "");
    Cli.type("one\ntwo\n", "boot", system, "--trace-out", quick.toString());
    PipedOutputStream keys = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(keys);
    StringWriter out = new StringWriter();
    CompletableFuture<Integer> run = boot(out, in, system, "--trace-out", slow.toString());
    for (String line : new String[] {"one\n", "two\n"}) {
      waitUntil(run, out, "? ");
      out.getBuffer().setLength(0);
      keys.write(line.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    }
    keys.close();
    assertEquals(0, run.join(), out::toString);
    assertArrayEquals(Files.readAllBytes(quick), Files.readAllBytes(slow));
    Cli.Result inputs = Cli.run("trace", "show", quick.toString(), "--filter", "console.input");
    assertTrue(inputs.out().contains("two"), inputs::all);
  }

  @Test
  void aSystemThatWaitsForInputIsSeenAndCanBeKilled() throws IOException {
    PipedInputStream never = new PipedInputStream(new PipedOutputStream());
    StringWriter out = new StringWriter();
    CompletableFuture<Integer> run = boot(out, never, system("typed=0", ""));
    waitUntil(run, out, "? ");
    RunningSystem system = RunningSystem.named(String.valueOf(ProcessHandle.current().pid()));
    assertEquals(1, system.domains().domains().size());
    system.kill("app");
    assertEquals(1, run.join(), out::toString);
  }

  @Test
  void otherDomainsDoNotWaitForAPerson() throws IOException {
    PipedOutputStream keys = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(keys);
    StringWriter out = new StringWriter();
    String neighbour = Cli.domain("neighbour", "test-neighbour", "ms=200", "");
    CompletableFuture<Integer> run = boot(out, in, system("typed=0", neighbour));
    waitUntil(run, out, "neighbour | Test result: SUCCESS\n");
    keys.close();
    assertEquals(0, run.join(), out::toString);
  }

  private static CompletableFuture<Integer> boot(
      StringWriter out, PipedInputStream in, String... args) {
    PrintWriter writer = new PrintWriter(out);
    Terminal terminal = new Terminal(writer, new PrintWriter(out), false, false, in, true);
    String[] command = new String[args.length + 1];
    command[0] = "boot";
    System.arraycopy(args, 0, command, 1, args.length);
    return Cli.beside(() -> Main.run(terminal, command));
  }

  private static void waitUntil(CompletableFuture<Integer> run, StringWriter out, String shown) {
    while (!out.toString().endsWith(shown)) {
      assertFalse(run.isDone(), out::toString);
      Thread.onSpinWait();
    }
  }
}
