package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of one server: as many as can be, one more, channels as large as can be, and clients that
 * are killed at whatever they are doing.
 */
class ChannelsTest {
  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static String server(String backend) {
    return Cli.domain("server", "storage-server", backend, "memory = 64\nprovides = [\"storage\"]");
  }

  /** Has 64 blocks of its own. */
  private static String client(int number, String cmdline, String more) {
    return Cli.domain(
        "client" + number,
        "blkverify",
        "blocks=64 first=" + 64 * number + " " + cmdline,
        "uses = [\"storage/1\"]\n" + more);
  }

  private JsonNode boot(String description) throws IOException {
    return Cli.run("boot", write(description), "--format", "json", "--time-limit", "5s").json();
  }

  private String write(String description) throws IOException {
    return Files.writeString(folder.resolve("system.toml"), description).toString();
  }

  private static void endedWell(JsonNode system, int domain) {
    JsonNode node = system.get("domains").get(domain);
    assertEquals("success", node.get("verdict").asText(), node::toString);
  }

  private static void saysWhy(JsonNode system, int domain, String why) {
    JsonNode node = system.get("domains").get(domain);
    assertEquals("poweroff", node.get("outcome").asText(), node::toString);
    assertTrue(node.get("console").toString().contains(why), node::toString);
  }

  @Test
  void sixteenClientsConnectAtOnceAndTheSeventeenthHearsThatThereIsNoRoom() throws IOException {
    StringBuilder description = new StringBuilder(server("backend=ram"));
    for (int i = 0; i <= 16; i++) {
      description.append(client(i, "order=4 ops=50", "memory = 16\n"));
    }
    JsonNode system = boot(description.toString());
    for (int i = 1; i <= 16; i++) {
      endedWell(system, i);
    }
    saysWhy(system, 17, "ENOSPC");
  }

  @Test
  void fiveClientsHaveChannelsOfTheUsualSize() throws IOException {
    StringBuilder description = new StringBuilder(server("backend=ram"));
    for (int i = 0; i < 5; i++) {
      description.append(client(i, "ops=50", "memory = 96\n"));
    }
    JsonNode system = boot(description.toString());
    for (int i = 1; i <= 5; i++) {
      endedWell(system, i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"path=direct, memory = 32", "path=copy, memory = 640\nmax_grant_frames = 300"})
  void aChannelHasRingsOf8192Entries(String how) throws IOException {
    String[] parts = how.split(", ", 2);
    JsonNode system =
        boot(server("backend=ram") + client(0, "order=13 ops=300 " + parts[0], parts[1]));
    endedWell(system, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "direct"})
  void manyMoreRequestsThanSlotsWaitForTheirTurn(String path) throws IOException {
    String options = "order=4 ops=500 depth=64 blocks=4096 longest=8 path=" + path;
    endedWell(
        boot(
            server("backend=ram")
                + Cli.domain("client", "blkverify", options, "uses = [\"storage/1\"]")),
        1);
  }

  @Test
  void aClientOfAUnitThatTheServerDoesNotHaveHearsOfIt() throws IOException {
    JsonNode system =
        boot(
            server("backend=ram")
                + Cli.domain("client", "blkverify", "order=4", "uses = [\"storage/2\"]"));
    saysWhy(system, 1, "ENODEV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend=ram", "backend=nvme"})
  void aClientThatIsKilledAtAnyStepLeavesNothingBehind(String backend) throws IOException {
    boolean nvme = backend.equals("backend=nvme");
    String description =
        server(backend)
            + client(
                0,
                "order=4 ops=20 blocks=16 path=" + (nvme ? "direct" : "copy"),
                "memory = 16\non_crash = \"restart\"")
            + client(1, "order=4 ops=60 blocks=16", "memory = 16")
            + (nvme ? "[[device]]\ntype = \"nvme\"\ndomain = \"server\"\nsize = \"1M\"\n" : "");
    Cli.Result result =
        Cli.run(
            "crash-sweep",
            write(description),
            "--domain",
            "client0",
            "--points",
            "30",
            "--twice",
            "6",
            "--format",
            "json");
    assertEquals(0, result.code(), result::all);
    assertEquals(36, result.json().get("runs").asInt());
    assertTrue(result.json().get("steps").asInt() > 500, result::all);
  }
}
