package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of a real image: what they tell, and that watching them changes nothing. */
class ProbesTest {
  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private List<String> hits() {
    String file = folder.resolve("trace").toString();
    Cli.Result run = Cli.run("boot", "test-probes", "--trace", "probe.hit", "--trace-out", file);
    assertEquals(0, run.code(), run::all);
    Cli.Result shown = Cli.run("trace", "show", file);
    assertEquals(0, shown.code(), shown::all);
    return shown.out().lines().filter(line -> line.contains("name=test_")).toList();
  }

  @Test
  void everyHitIsToldWithItsArgumentsWhereverTheyAre() {
    List<String> hits = hits();
    assertEquals(1 + 100 + 100 + 1 + 1, hits.size());
    assertTrue(hits.getFirst().contains("name=test_begin"), hits.getFirst());
    assertTrue(hits.getFirst().contains("count=0"), hits.getFirst());
    String seventh = hits.stream().filter(l -> l.contains("test_turn")).toList().get(6);
    String sum = Integer.toHexString(7 * (1 + 2 + 3 + 4 + 5));
    assertTrue(seventh.contains("count=4 a=0x6 b=0x" + sum + " c=0x7 d=0xffffffff"), seventh);
    assertEquals(
        100, hits.stream().filter(l -> l.contains("test_step") && l.contains("a=0x1 ")).count());
    assertEquals(
        1, hits.stream().filter(l -> l.contains("test_step") && l.contains("a=0x2 ")).count());
    assertTrue(hits.getLast().contains("a=0x66 b=0xfe"), hits.getLast());
  }

  @Test
  void aWatchedRunTakesTheSameVirtualTime() {
    String file = folder.resolve("trace").toString();
    JsonNode calm = Cli.run("boot", "test-probes", "--format", "json").json();
    JsonNode watched =
        Cli.run(
                "boot",
                "test-probes",
                "--format",
                "json",
                "--trace",
                "probe.hit",
                "--trace-out",
                file)
            .json();
    assertTrue(watched.get("trace").get("events").asInt() > 200);
    assertTrue(calm.get("virtual_time_ns").asLong() > 0);
    assertEquals(calm.get("virtual_time_ns"), watched.get("virtual_time_ns"));
    assertEquals(calm.get("domains"), watched.get("domains"));
  }
}
