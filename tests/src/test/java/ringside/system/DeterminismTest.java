package ringside.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same system and seed give the same trace, and the trace tells who woke whom. */
class DeterminismTest {
  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private Path trace(String system, String name, String seed) {
    Path file = folder.resolve(name);
    Cli.Result result =
        Cli.run("boot", system, "--seed", seed, "--trace", "*", "--trace-out", file.toString());
    assertEquals(0, result.code(), result::all);
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "ping", "welcome"})
  void twoRunsWithTheSameSeedAreAlikeToTheByte(String system) throws IOException {
    Path first = trace(system, "first", "7");
    Path second = trace(system, "second", "7");
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertEquals(0, Cli.run("trace", "diff", first.toString(), second.toString()).code());
  }

  @Test
  void anUpcallInTheReceiverLeadsBackToTheSendersHypercall() {
    Path file = trace("ping", "ping", "1");
    Cli.Result upcalls =
        Cli.run("trace", "show", file.toString(), "--filter", "evtchn.upcall", "--format", "json");
    String last = upcalls.out().strip().lines().reduce((a, b) -> b).orElseThrow();
    Cli.Result shown = Cli.run("trace", "show", file.toString(), "--filter", "evtchn.upcall");
    String line = shown.out().strip().lines().reduce((a, b) -> b).orElseThrow();
    String id = line.replaceAll(".*#(\\d+) evtchn\\.upcall.*", "$1");
    String receiver = line.replaceAll(".* (d\\d+)v\\d+ .*", "$1");

    Cli.Result why = Cli.run("trace", "why", file.toString(), id);

    assertEquals(0, why.code(), why::all);
    String root =
        why.out()
            .strip()
            .lines()
            .filter(l -> l.contains("hypercall.entry"))
            .reduce((a, b) -> b)
            .orElseThrow(() -> new AssertionError(why.all() + last));
    assertTrue(root.contains("EVTCHNOP_send"), why::all);
    assertTrue(!root.contains(receiver + "v"), () -> receiver + " is the receiver: " + why.all());
  }
}
