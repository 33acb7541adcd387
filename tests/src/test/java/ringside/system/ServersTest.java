package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How servers come to their end: when nobody needs them any more, and when they no longer serve.
 */
class ServersTest {
  private static final String NVME =
      """
      [[device]]
      type = "nvme"
      domain = "server"
      size = "1M"
      """;

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private static String server(String name, String cmdline, String more) {
    return Cli.domain(name, "storage-server", cmdline, more);
  }

  private static String client(String uses, String cmdline) {
    return Cli.domain(
        "client", "blkverify", "order=4 blocks=64 " + cmdline, "uses = [\"" + uses + "\"]");
  }

  private JsonNode boot(String description, String... more) throws IOException {
    Path file = folder.resolve("system.toml");
    Files.writeString(file, description);
    List<String> command = new ArrayList<>(List.of("boot", file.toString(), "--format", "json"));
    command.addAll(List.of("--time-limit", "5s"));
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new)).json().get("domains");
  }

  private static long stopped(JsonNode domains, int index) {
    JsonNode domain = domains.get(index);
    assertEquals("poweroff", domain.get("outcome").asText(), domain::toString);
    return domain.get("stopped_ns").asLong();
  }

  @Test
  void serversAreAskedToShutDownWhenNobodyUsesThemFirstThoseThatUseOthers() throws IOException {
    JsonNode domains =
        boot(
            server("lower", "backend=ram", "provides = [\"storage\"]")
                + server(
                    "upper",
                    "backend=ram service=upper",
                    "provides = [\"upper\"]\nuses = [\"storage/1\"]")
                + client("upper/1", "service=upper ops=20"));
    assertEquals("success", domains.get(2).get("verdict").asText(), domains::toString);
    assertTrue(stopped(domains, 2) < stopped(domains, 1), domains::toString);
    assertTrue(stopped(domains, 1) < stopped(domains, 0), domains::toString);
  }

  @Test
  void aServerWithAUserThatGoesOnServesOn() throws IOException {
    JsonNode domains =
        boot(
            server("server", "backend=ram", "provides = [\"storage\"]")
                + Cli.domain("user", "idle", "", "uses = [\"storage/2\"]")
                + client("storage/1", "ops=20"));
    assertEquals("success", domains.get(2).get("verdict").asText(), domains::toString);
    assertEquals("running", domains.get(0).get("outcome").asText(), domains::toString);
  }

  @Test
  void aServerWithAThreadThatNoLongerServesFeedsNoWatchdogAndIsRestarted() throws IOException {
    JsonNode domains =
        boot(
            server("server", "", "provides = [\"storage\"]\non_crash = \"restart\"")
                + client("storage/1", "ops=300")
                + NVME,
            "--fault",
            "server:block:probe=ivmc_serve#100");
    assertEquals("success", domains.get(1).get("verdict").asText(), domains::toString);
    assertEquals(1, domains.get(0).get("restarts").asInt(), domains::toString);
    assertEquals("poweroff", domains.get(0).get("outcome").asText(), domains::toString);
  }
}
