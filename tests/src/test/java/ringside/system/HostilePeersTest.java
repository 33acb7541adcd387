package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One end of an IVMC channel breaks the protocol. A hostile client damages its own channel only:
 * the server lives on, another client of it loses nothing. A hostile server's client ends with an
 * error that says what happened.
 */
class HostilePeersTest {
  private static final String HONEST = "order=4 blocks=64 ";

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory",
        "indices",
        "duplicates",
        "requests",
        "revoke",
        "storm",
        "register",
        "page",
        "unread",
        "die"
      })
  void aHostileClientHarmsNeitherItsServerNorAnotherClient(String variant) throws IOException {
    anotherClientLosesNothing(variant, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = "unannounced")
  void aClientThatDoesNotNotifyDoesNotGetTheServerKilled(String variant) throws IOException {
    anotherClientLosesNothing(variant, 1);
  }

  private void anotherClientLosesNothing(String variant, int rounds) throws IOException {
    JsonNode system =
        boot(
            Cli.domain("server", "storage-server", "backend=ram", "provides = [\"storage\"]")
                + Cli.domain(
                    "hostile",
                    "hostile-ivmc-client",
                    "variant=" + variant + " first=64 rounds=" + rounds,
                    "memory = 16\nuses = [\"storage/1\"]")
                + Cli.domain(
                    "honest",
                    "blkverify",
                    HONEST + "ops=1000",
                    "memory = 16\nuses = [\"storage/1\"]"));

    assertEquals("crash", domain(system, "hostile").get("outcome").asText(), system::toString);
    assertEquals("success", domain(system, "honest").get("verdict").asText(), system::toString);
    JsonNode server = domain(system, "server");
    assertTrue(
        server.path("crash").isMissingNode() || server.get("crash").isNull(), server::toString);
    assertEquals(0, server.get("restarts").asInt(), server::toString);
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
