package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each hostile guest ends as a crashed domain with a report; its neighbour notices nothing. */
class HostileGuestsTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyHostileGuestCrashesAlone() throws IOException {
    Cli.assumeEngine();
    List<String> guests = Cli.images("hostile-");
    assertFalse(guests.isEmpty(), "no hostile guests in " + Cli.IMAGES);
    return guests.stream().map(guest -> DynamicTest.dynamicTest(guest, () -> check(guest)));
  }

  private void check(String guest) throws IOException {
    Path description = folder.resolve(guest + ".toml");
    Files.writeString(
        description,
        Cli.domain(
                "hostile",
                guest,
                "victim={domid:neighbour}",
                "memory = 32\nvcpus = 2\nwatchdog = \"20ms\"\n")
            + Cli.domain("neighbour", "test-neighbour", "ms=50", "memory = 32\n"));

    Cli.Result result =
        Cli.run("boot", description.toString(), "--format", "json", "--time-limit", "60s");

    assertEquals(1, result.code(), result::all);
    for (JsonNode domain : result.json().get("domains")) {
      if (domain.get("name").asText().equals("neighbour")) {
        assertEquals("success", domain.get("verdict").asText(), result::all);
      } else {
        JsonNode crash = domain.get("crash");
        assertTrue(crash != null && !crash.isNull(), result::all);
        assertTrue(crash.has("registers") && crash.has("rip") && crash.has("vcpu"), result::all);
      }
    }
  }
}
