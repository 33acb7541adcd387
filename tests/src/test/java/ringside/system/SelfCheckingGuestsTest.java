package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every guest in domains/tests, booted: each prints its own verdict. One whose name ends in "-pair"
 * is booted twice, each domain knowing the other as {@code peer}.
 */
class SelfCheckingGuestsTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyGuestIsContent() throws IOException {
    Cli.assumeEngine();
    List<String> guests = Cli.images("test-");
    assertFalse(guests.isEmpty(), "no test guests in " + Cli.IMAGES + "; run make -C domains");
    return guests.stream().map(guest -> DynamicTest.dynamicTest(guest, () -> check(guest)));
  }

  private void check(String guest) throws IOException {
    Path description = folder.resolve(guest + ".toml");
    Files.writeString(description, guest.endsWith("-pair") ? pair(guest) : alone(guest));
    Cli.Result result =
        Cli.run("boot", description.toString(), "--format", "json", "--time-limit", "60s");
    assertEquals(0, result.code(), result::all);
    boolean skipped = false;
    for (JsonNode domain : result.json().get("domains")) {
      String verdict = domain.get("verdict").asText();
      skipped |= verdict.equals("skip");
      assertFalse(verdict.equals("none"), "no verdict of " + result.all());
    }
    Assumptions.assumeFalse(skipped, () -> "the guest skipped itself: " + result.out());
  }

  private static String alone(String guest) {
    return Cli.domain("guest", guest, "", "vcpus = 4\nmemory = 64\n");
  }

  private static String pair(String guest) {
    return Cli.domain("first", guest, "peer={domid:second}", "memory = 32\n")
        + Cli.domain("second", guest, "peer={domid:first}", "memory = 32\n");
  }
}
