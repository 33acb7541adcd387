package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cli.Engines;
import ringside.cli.soak.Soak;
import ringside.cpu.Engine;
import ringside.domain.Machine;

/** Whole systems whose vCPUs run on several threads of the host. */
@Timeout(120)
class ParallelPcpusTest {
  private static String engine;

  @TempDir Path folder;

  @BeforeAll
  static void anEngineThatCan() {
    Cli.assumeEngine();
    for (String name : Engines.NAMES) {
      try (Engine candidate = Engines.create(name)) {
        if (candidate.maximumPcpus() > 1) {
          engine = name;
        }
      }
    }
    Assumptions.assumeTrue(engine != null, "no engine here runs vCPUs in parallel");
  }

  private static Cli.Result boot(int pcpus, String system, String... more) {
    List<String> words = new ArrayList<>(List.of("boot", system, "--engine", engine));
    words.addAll(List.of("--pcpus", String.valueOf(pcpus), "--time-limit", "90s"));
    words.addAll(Arrays.asList(more));
    return Cli.run(words.toArray(String[]::new));
  }

  private Cli.Result guest(int pcpus, String image, String cmdline) throws IOException {
    Path description = folder.resolve(image + ".toml");
    Files.writeString(description, Cli.domain("guest", image, cmdline, "vcpus = 4\nmemory = 64\n"));
    return boot(pcpus, description.toString(), "--format", "json");
  }

  private static void assertContent(Cli.Result result) {
    assertEquals(0, result.code(), result::all);
    for (JsonNode domain : result.json().get("domains")) {
      assertEquals("success", domain.get("verdict").asText(), result::all);
    }
  }

  @Test
  void memoryIsOrderedAsX86OrdersIt() throws IOException {
    assertContent(guest(4, "test-litmus", "pcpus=4 rounds=100"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-smp-stress", "test-rings-vcpus", "test-vcpus", "test-wake-ups"})
  void vcpusOfOneDomainRunAtOnce(String image) throws IOException {
    assertContent(guest(2, image, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-event-pair", "test-grant-pair", "test-xenstore-pair"})
  void domainsRunAtOnce(String image) throws IOException {
    Path description = folder.resolve(image + ".toml");
    Files.writeString(
        description,
        Cli.domain("first", image, "peer={domid:second}", "memory = 32\n")
            + Cli.domain("second", image, "peer={domid:first}", "memory = 32\n"));
    assertContent(boot(2, description.toString(), "--format", "json"));
  }

  @Test
  void theLastRoundOfAGameIsAnsweredHoweverSoonItComes() throws IOException {
    StringBuilder systems = new StringBuilder();
    for (int pair = 0; pair < 10; pair++) {
      String ping = "ping" + pair;
      String pong = "pong" + pair;
      systems.append(Cli.domain(pong, "ping", "role=pong peer={domid:" + ping + "}", ""));
      systems.append(
          Cli.domain(
              ping,
              "ping",
              "role=ping rounds=5 peer={domid:" + pong + "}",
              "depends_on = [\"" + pong + "\"]\n"));
    }
    Path description = folder.resolve("games.toml");
    Files.writeString(description, systems.toString());
    Cli.Result result = boot(2, description.toString());
    assertEquals(0, result.code(), result::all);
  }

  @Test
  void aServerKilledWhileItsClientRunsIsBackForIt() {
    Cli.Result result = boot(2, "storage", "--fault", "storage:kill:at=5ms");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().contains("Test result: SUCCESS"), result::all);
  }

  /** As one of the processes that {@code bench --pcpus 2 storage} compares. */
  @Test
  void theStorageBenchmarkMeasuresATurnForEachLine() {
    Cli.Result result =
        Cli.type(
            "\n",
            "bench",
            "--quick",
            "--engine",
            engine,
            "--pcpus",
            "2",
            "--storage-turns",
            "direct");
    assertEquals(0, result.code(), result::all);
    Pattern load = Pattern.compile("\"load\" : \"(\\w+ \\d+ KiB x32)\"");
    List<String> loads = load.matcher(result.out()).results().map(m -> m.group(1)).toList();
    List<String> round =
        List.of("write 4 KiB x32", "write 64 KiB x32", "read 4 KiB x32", "read 64 KiB x32");
    assertEquals(Collections.nCopies(3, round).stream().flatMap(List::stream).toList(), loads);
    assertTrue(result.out().endsWith("}\n\n"), result::all);
  }

  @Test
  void whatIsTypedReachesTheShellWhileTimeGoesOn() {
    Cli.Result result =
        Cli.type(
            "echo one > file\ncat file\nexit\n",
            "boot",
            "files",
            "--engine",
            engine,
            "--pcpus",
            "2",
            "--time-limit",
            "90s");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().contains("one"), result::all);
  }

  @Test
  @Timeout(600)
  void aMinuteOfRandomSystemsEndsWell() {
    Cli.Result result =
        Cli.run(
            "soak",
            "--engine",
            engine,
            "--pcpus",
            "2",
            "--time",
            "60s",
            "--seed",
            "1",
            "--format",
            "json");
    assertEquals(0, result.code(), result::all);
    assertTrue(result.json().get("runs").asLong() > 0, result::all);
  }

  @Test
  void aRandomSystemThatIsInterruptedIsNotJudged() {
    System.setProperty("ringside.home", Cli.HOME.toString());
    assertEquals(Optional.empty(), new Soak(engine, 2, Machine::interrupt).run(1));
  }

  @Test
  void theTraceSaysWhichPcpuRanWhom() {
    Path trace = folder.resolve("ping.trace");
    Cli.Result result = boot(2, "ping", "--trace", "sched.*", "--trace-out", trace.toString());
    assertEquals(0, result.code(), result::all);
    String shown = Cli.run("trace", "show", trace.toString(), "--format", "json").out();
    assertTrue(shown.contains("\"pcpu\":0") && shown.contains("\"pcpu\":1"), shown);
  }
}
