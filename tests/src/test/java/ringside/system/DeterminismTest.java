package ringside.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    List<String> upcalls = lines("trace", "show", file.toString(), "--filter", "evtchn.upcall");
    int acrossDomains = 0;
    for (String upcall : upcalls.subList(0, 20)) {
      String id = upcall.replaceAll(".*#(\\d+) +evtchn\\.upcall.*", "$1");
      List<String> chain = lines("trace", "why", file.toString(), id);
      String root = chain.getLast();
      assertTrue(root.contains("hypercall.entry"), () -> String.join("\n", chain));
      if (!domain(root).equals(domain(upcall))) {
        acrossDomains++;
        assertTrue(root.contains("EVTCHNOP_send"), () -> String.join("\n", chain));
      }
    }
    assertTrue(acrossDomains > 0, () -> String.join("\n", upcalls));
  }

  private static List<String> lines(String... command) {
    Cli.Result result = Cli.run(command);
    assertEquals(0, result.code(), result::all);
    return result.out().strip().lines().toList();
  }

  /** "d2" of a line about vCPU d2v0. */
  private static String domain(String line) {
    return line.replaceAll(".* (d\\d+)v\\d+ .*", "$1");
  }
}
