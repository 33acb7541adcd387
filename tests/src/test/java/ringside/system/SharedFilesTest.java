package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two domains see of one file system: each other's files, permissions and locks. */
class SharedFilesTest {
  @TempDir Path folder;

  private FileServers servers;

  @BeforeEach
  void volume() throws Exception {
    servers = FileServers.empty(folder);
  }

  private static String checker(String name, String cmdline, String more) {
    return Cli.domain(
        name,
        "files-check",
        cmdline,
        "memory = 32\nuses = [\"files/1\"]\ndepends_on = [\"fs\"]\n" + more);
  }

  private static void succeeded(JsonNode system, String name) {
    assertEquals(
        "success", FileServers.domain(system, name).get("verdict").asText(), system::toString);
  }

  @Test
  void aDomainMayDoWhatItsCredentialsAllow() throws Exception {
    JsonNode system =
        servers.boot(
            checker("root", "part=superuser", "")
                + checker("user", "part=user", "credentials = \"1000:1000\"\n"));
    succeeded(system, "root");
    succeeded(system, "user");
    servers.assertClean();
  }

  /** And what a domain held is free when it ends, or is killed. */
  @ParameterizedTest
  @ValueSource(strings = {"ends", "is killed"})
  void locksKeepOtherDomainsOut(String end) throws Exception {
    boolean killed = end.equals("is killed");
    String more = killed ? "faults = [\"kill:at=300ms\"]\n" : "";
    JsonNode system =
        servers.boot(
            checker("holder", "part=holder" + (killed ? " hang" : ""), more)
                + checker("waiter", "part=waiter", ""));
    succeeded(system, "waiter");
    if (!killed) {
      succeeded(system, "holder");
    }
    servers.assertClean();
  }
}
