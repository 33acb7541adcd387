package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One end of an IVMC channel breaks the protocol. A hostile client damages its own channel only:
 * the server lives on, another client of it loses nothing, whatever is behind the server and on
 * both data paths. A hostile server's client ends with an error that says what happened.
 */
class HostilePeersTest {
  private static final String HONEST = "order=4 blocks=64 ";

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private enum Backend {
    RAM("backend=ram", "copy", ""),
    NVME("", "direct", "[[device]]\ntype = \"nvme\"\ndomain = \"server\"\nsize = \"1M\"\n");

    final String cmdline;

    /** Of the honest client's data. */
    final String path;

    final String device;

    Backend(String cmdline, String path, String device) {
      this.cmdline = cmdline;
      this.path = path;
      this.device = device;
    }
  }

  /** What a hostile client does, and its other options. */
  private static final Map<String, String> ATTACKS =
      ImmutableMap.<String, String>builder()
          .put("memory", "rounds=6")
          .put("indices", "rounds=6")
          .put("duplicates", "rounds=6")
          .put("requests", "rounds=6")
          .put("revoke", "rounds=6")
          .put("storm", "rounds=6")
          .put("register", "rounds=6")
          .put("page", "rounds=6")
          .put("unread", "rounds=6")
          .put("unannounced", "rounds=1")
          .put("greedy", "rounds=6 order=8 pages=64")
          .put("dear", "rounds=2 order=12")
          .put("answers", "rounds=2 order=12")
          .put("vanish", "rounds=4")
          .put("race", "rounds=4")
          .put("die", "rounds=1")
          .build();

  static Stream<Arguments> attacks() {
    return ATTACKS.keySet().stream()
        .flatMap(attack -> Stream.of(Backend.values()).map(on -> Arguments.of(attack, on)));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void aHostileClientHarmsNeitherItsServerNorAnotherClient(String attack, Backend backend)
      throws IOException {
    JsonNode system =
        boot(
            Cli.domain("server", "storage-server", backend.cmdline, "provides = [\"storage\"]")
                + Cli.domain(
                    "hostile",
                    "hostile-ivmc-client",
                    "variant=" + attack + " first=64 " + ATTACKS.get(attack),
                    "memory = 16\nvcpus = 2\nuses = [\"storage/1\"]")
                + Cli.domain(
                    "honest",
                    "blkverify",
                    HONEST + "ops=1000 path=" + backend.path,
                    "memory = 16\nuses = [\"storage/1\"]")
                + backend.device);

    assertEquals("crash", domain(system, "hostile").get("outcome").asText(), system::toString);
    assertEquals("success", domain(system, "honest").get("verdict").asText(), system::toString);
    JsonNode server = domain(system, "server");
    assertTrue(
        server.path("crash").isMissingNode() || server.get("crash").isNull(), server::toString);
    assertEquals(0, server.get("restarts").asInt(), server::toString);
    int rounds = Integer.parseInt(ATTACKS.get(attack).replaceAll(".*rounds=(\\d+).*", "$1"));
    assertTrue(count(server, "its channel is closed") <= rounds, server::toString);
  }

  /** Memory of third domains; the one whose memory is named may die meanwhile. */
  @ParameterizedTest
  @CsvSource({"1000000, 6", "9000, 40"})
  void aServersMemoryOfItsClientsIsNamedOnlyAsFarAsTheyGrantIt(String lives, String rounds)
      throws IOException {
    JsonNode system =
        boot(
            Cli.domain("server", "storage-server", "", "provides = [\"storage\"]")
                + Cli.domain(
                    "hostile",
                    "hostile-ivmc-client",
                    "variant=regions honest={domid:honest} rounds=" + rounds,
                    "memory = 16\nprovides = [\"own\"]\nuses = [\"storage/1\"]")
                + Cli.domain(
                    "accomplice",
                    "hostile-ivmc-client",
                    "variant=accomplice server={domid:server} lives=" + lives,
                    "memory = 16\nuses = [\"own/1\"]")
                + Cli.domain(
                    "honest",
                    "blkverify",
                    HONEST + "ops=1000 path=direct",
                    "memory = 16\nuses = [\"storage/1\"]")
                + Backend.NVME.device);

    assertEquals("success", domain(system, "honest").get("verdict").asText(), system::toString);
    JsonNode server = domain(system, "server");
    assertTrue(
        server.path("crash").isMissingNode() || server.get("crash").isNull(), server::toString);
    // With its accomplice dead it gets other errors than it expects, which is no harm.
    String expected = lives.equals("1000000") ? "crash" : "poweroff";
    assertEquals(expected, domain(system, "hostile").get("outcome").asText(), system::toString);
  }

  /** Lines of a domain's console that contain a text. */
  private static int count(JsonNode domain, String text) {
    int lines = 0;
    for (JsonNode line : domain.get("console")) {
      lines += line.asText().contains(text) ? 1 : 0;
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, EPERM",
    "refuse-oddly, EIO",
    "no-geometry, EIO",
    "odd-geometry, EIO",
    "huge-geometry, EIO",
    "no-transfer, EIO",
    "deaf, gave up",
    "mute, gave up",
    "garbage, an answer with",
    "status, an answer with a status",
    "length, an answer with a status or length",
    "sequence, a wrong sequence number",
    "epoch, a wrong sequence number or epoch",
    "twice, an answer to what was not asked",
    "unasked, an answer to what was not asked",
    "wrong-ring, an answer to what was not asked",
    "indices, an answer to what was not asked",
    "rings, gave up",
    "slots, an answer to what was not asked",
    "liar, expected version",
    "errors, EIO",
    "storm, EIO",
    "die, gave up",
  })
  void aHostileServersClientSaysWhatIsWrong(String variant, String says) throws IOException {
    String restart = variant.equals("die") ? "on_crash = \"restart\"\n" : "";
    JsonNode system =
        boot(
            Cli.domain(
                    "server",
                    "hostile-ivmc-server",
                    "variant=" + variant,
                    "memory = 16\nprovides = [\"storage\"]\n" + restart)
                + Cli.domain(
                    "client",
                    "blkverify",
                    HONEST + "ops=40 patience=50",
                    "memory = 16\nuses = [\"storage/1\"]"));

    JsonNode client = domain(system, "client");
    assertEquals("poweroff", client.get("outcome").asText(), client::toString);
    assertFalse(client.get("verdict").asText().equals("success"), client::toString);
    assertTrue(client.get("console").toString().contains(says), client::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, EPERM",
    "garbage, an answer with",
    "status, an answer with a status",
    "result, an answer with a status or length",
    "numbers, an answer with a status or length",
    "unasked, an answer to what was not asked",
    "slots, an answer to what was not asked",
    "errors, EIO",
  })
  void aHostileFileServersClientSaysWhatIsWrong(String variant, String says) throws IOException {
    JsonNode system =
        boot(
            Cli.domain(
                    "server",
                    "hostile-ivmc-server",
                    "service=files variant=" + variant,
                    "memory = 16\nprovides = [\"files\"]\n")
                + Cli.domain(
                    "client",
                    "files-check",
                    "part=honest order=4 operations=40",
                    "memory = 32\nuses = [\"files/1\"]"));

    JsonNode client = domain(system, "client");
    assertEquals("poweroff", client.get("outcome").asText(), client::toString);
    assertFalse(client.get("verdict").asText().equals("success"), client::toString);
    assertTrue(client.get("console").toString().contains(says), client::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "deaf, ivmc: storage: no server has taken our channel for 1 s",
    "mute, ivmc: storage: no answer to any of",
  })
  void aClientThatWaitsForEverSaysWhatFor(String variant, String says) throws IOException {
    JsonNode system =
        boot(
            Cli.domain(
                    "server",
                    "hostile-ivmc-server",
                    "variant=" + variant,
                    "memory = 16\nprovides = [\"storage\"]\n")
                + Cli.domain(
                    "client",
                    "blkverify",
                    HONEST + "ops=40",
                    "memory = 16\nuses = [\"storage/1\"]"));
    JsonNode console = domain(system, "client").get("console");
    assertTrue(console.toString().contains(says), system::toString);
    assertEquals(1, console.size(), system::toString);
  }

  private JsonNode boot(String description) throws IOException {
    Path file = folder.resolve("system.toml");
    Files.writeString(file, description);
    Cli.Result result = Cli.run("boot", file.toString(), "--format", "json", "--time-limit", "3s");
    assertTrue(result.code() <= 1, result::all);
    return result.json();
  }

  private static JsonNode domain(JsonNode system, String name) {
    for (JsonNode domain : system.get("domains")) {
      if (domain.get("name").asText().equals(name)) {
        return domain;
      }
    }
    throw new AssertionError("no domain " + name + " in " + system);
  }
}
