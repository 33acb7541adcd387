package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a client and its storage server notify each other while requests are plenty. */
class NotificationsTest {
  private static final int REQUESTS = 1000;

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  private Path system(String path) throws IOException {
    String server = Cli.domain("storage", "storage-server", "", "provides = [\"storage\"]");
    String cmdline =
        "path=%s order=6 op=write,read size=4k,64k depth=32 span=4m count=%d rounds=2 marks result"
            .formatted(path, REQUESTS);
    String app = Cli.domain("app", "blkbench", cmdline, "uses = [\"storage/1\"]");
    String disk = "[[device]]\ntype = \"nvme\"\ndomain = \"storage\"\nlatency = \"nvme\"\n";
    return Files.writeString(folder.resolve("system.toml"), server + app + disk);
  }

  private static String text(String line, String key) {
    return line.replaceAll(".* " + key + "=(\\w+).*", "$1");
  }

  private static int number(String line, String key) {
    return Integer.parseInt(text(line, key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "copy"})
  void thirtyTwoRequestsInFlightNeedFewerThanOneNotificationInTwenty(String path)
      throws IOException {
    Cli.Result result = Cli.run("boot", system(path).toString());
    assertEquals(0, result.code(), result::all);
    List<String> loads = result.out().lines().filter(l -> l.contains("| result ")).toList();
    assertEquals(8, loads.size(), result::all);
    for (String what : List.of("op", "size")) {
      List<String> order = loads.stream().map(load -> text(load, what)).toList();
      assertEquals(order.subList(0, 4), order.subList(4, 8), "the rounds differ");
    }
    for (String load : loads) {
      assertEquals(REQUESTS, number(load, "requests"), load);
      int notifications = number(load, "notifications");
      assertTrue(notifications > 0 && 20 * notifications < REQUESTS, load);
    }
  }
}
