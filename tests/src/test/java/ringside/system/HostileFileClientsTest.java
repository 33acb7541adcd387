package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client of a file system server breaks the protocol, or means harm within it. It damages its own
 * channel and files only: the server lives on, another client's files are what it wrote, and the
 * volume is clean.
 */
class HostileFileClientsTest {
  @TempDir Path folder;

  private FileServers servers;

  @BeforeEach
  void volume() throws Exception {
    servers = FileServers.empty(folder);
  }

  /** What a hostile client does, and its other options. */
  private static final Map<String, String> ATTACKS =
      ImmutableMap.<String, String>builder()
          .put("file-requests", "rounds=3")
          .put("file-descriptors", "rounds=2")
          .put("file-locks", "rounds=3 order=8")
          .put("file-many", "rounds=2")
          .put("file-deep", "rounds=1")
          .put("file-flood", "rounds=4 order=6 pages=64")
          .put("file-die", "rounds=1 order=6 pages=64")
          .put("file-race", "rounds=3")
          .put("file-share", "rounds=6 pages=20")
          .put("memory", "rounds=4")
          .put("indices", "rounds=4")
          .put("duplicates", "rounds=4")
          .put("register", "rounds=2")
          .put("vanish", "rounds=3")
          .put("race", "rounds=3")
          .put("answers", "rounds=1 order=12")
          .build();

  static Stream<String> attacks() {
    return ATTACKS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void aHostileClientHarmsNeitherTheServerNorAnotherClient(String attack) throws Exception {
    JsonNode system = servers.boot(domains(attack, ATTACKS.get(attack)));
    judge(system);
    JsonNode server = FileServers.domain(system, "fs");
    assertTrue(
        server.path("crash").isMissingNode() || server.get("crash").isNull(), server::toString);
    assertEquals(0, server.get("restarts").asInt(), server::toString);
    servers.assertClean();
  }

  /** It resumes what it never had, and never says that this is all. */
  @Test
  void aHostileClientGetsNothingAndKeepsNobodyWaitingWhenTheServerIsRestarted() throws Exception {
    JsonNode system =
        servers.boot(
            domains("file-resume", "rounds=1"),
            "--set",
            "fs.on_crash=restart",
            "--fault",
            "fs:kill:at=100ms");
    judge(system);
    assertEquals(1, FileServers.domain(system, "fs").get("restarts").asInt(), system::toString);
    servers.assertClean();
  }

  private static String domains(String attack, String options) {
    String uses = "uses = [\"files/1\"]\ndepends_on = [\"fs\"]\n";
    return Cli.domain("honest", "files-check", "part=honest", "memory = 32\n" + uses)
        + Cli.domain(
            "hostile",
            "hostile-ivmc-client",
            "service=files variant=" + attack + " " + options,
            "memory = 16\nvcpus = 2\ncredentials = \"1000:1000\"\n" + uses);
  }

  private static void judge(JsonNode system) {
    JsonNode hostile = FileServers.domain(system, "hostile");
    assertEquals("crash", hostile.get("outcome").asText(), system::toString);
    JsonNode honest = FileServers.domain(system, "honest");
    assertEquals("success", honest.get("verdict").asText(), system::toString);
  }
}
