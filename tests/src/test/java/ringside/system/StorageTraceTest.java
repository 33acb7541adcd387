package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's way through the storage server, and a recovery, as trace and reports tell them. */
class StorageTraceTest {
  /** What every request through NVMe leaves, from its response in the ring back to its serving. */
  private static final List<String> WAY_OF_ALL =
      List.of(
          "driver.nvme_complete",
          "nvme.completion",
          "nvme.command",
          "driver.nvme_submit",
          "ivmc.serve");

  @TempDir Path folder;

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  /** A server that keeps blocks in its own memory, and a client that verifies them. */
  private Path system() throws IOException {
    String server =
        Cli.domain(
            "storage",
            "storage-server",
            "backend=ram blocks=2048",
            "memory = 16\nprovides = [\"storage\"]\non_crash = \"restart\"");
    String app =
        Cli.domain(
            "app",
            "blkverify",
            "ops=200 blocks=64 longest=4 order=4",
            "memory = 16\nuses = [\"storage/1\"]");
    return Files.writeString(folder.resolve("ram.toml"), "time_limit = \"3s\"\n" + server + app);
  }

  private static List<String> lines(String... command) {
    Cli.Result result = Cli.run(command);
    assertEquals(0, result.code(), result::all);
    return result.out().strip().lines().toList();
  }

  /** The same with an NVMe controller behind the server; eight requests at a time. */
  private Path nvme() throws IOException {
    String device = "[[device]]\ntype = \"nvme\"\ndomain = \"storage\"\nsize = \"1M\"\n";
    String described = Files.readString(system()).replace("backend=ram blocks=2048", "");
    return Files.writeString(folder.resolve("nvme.toml"), described + device);
  }

  private static List<String> types(List<String> chain) {
    return chain.stream().map(l -> l.replaceAll(".*#\\d+ +([a-z_.]+).*", "$1")).toList();
  }

  @Test
  void aCompletionLeadsBackThroughRingsAndNotificationsToItsSubmit() throws IOException {
    String file = folder.resolve("trace").toString();
    Cli.run("boot", system().toString(), "--trace", "*", "--trace-out", file);
    List<String> completions = lines("trace", "show", file, "--filter", "blk.complete");
    assertTrue(completions.size() > 200, () -> completions.size() + " completions");
    int notified = 0;
    for (int i = 0; i < completions.size(); i += 10) {
      String completion = completions.get(i);
      String id = completion.replaceAll(".*#(\\d+) +blk\\.complete.*", "$1");
      String sequence = completion.replaceAll(".*(sequence=\\d+).*", "$1");
      List<String> chain = lines("trace", "why", file, id);
      List<String> types = types(chain);
      assertEquals("blk.complete", types.getFirst());
      assertTrue(types.contains("ring.dequeue"), () -> String.join("\n", chain));
      assertTrue(types.contains("ivmc.serve"), () -> String.join("\n", chain));
      assertEquals("blk.submit", types.getLast(), () -> String.join("\n", chain));
      // A receiver that was notified owes its wake-up to the last request before, often its own.
      int wake = types.indexOf("ring.wake");
      if (wake < 0) {
        assertTrue(chain.getLast().contains(sequence), () -> String.join("\n", chain));
      } else {
        notified++;
        assertEquals(
            List.of(
                "ring.wake",
                "evtchn.upcall",
                "evtchn.pending",
                "evtchn.send",
                "hypercall.entry",
                "ring.notify",
                "ring.enqueue"),
            types.subList(wake, wake + 7));
      }
    }
    assertTrue(notified > 0, "no completion came with a notification");
  }

  @Test
  void throughNvmeItLeadsBackThroughInterruptCommandRingAndNotification() throws IOException {
    String file = folder.resolve("trace").toString();
    assertEquals(0, Cli.run("boot", nvme().toString(), "--trace", "*", "--trace-out", file).code());
    List<String> completions = lines("trace", "show", file, "--filter", "blk.complete");
    assertTrue(completions.size() > 200, () -> completions.size() + " completions");
    int interrupts = 0;
    int doorbells = 0;
    int notified = 0;
    for (int i = 0; i < completions.size(); i += 10) {
      String id = completions.get(i).replaceAll(".*#(\\d+) +blk\\.complete.*", "$1");
      List<String> chain = lines("trace", "why", file, id);
      List<String> types = types(chain);
      List<String> way = types.stream().filter(WAY_OF_ALL::contains).toList();
      assertEquals(WAY_OF_ALL, way, () -> String.join("\n", chain));
      assertEquals("blk.submit", types.getLast(), () -> String.join("\n", chain));
      interrupts += types.contains("nvme.interrupt") ? 1 : 0;
      doorbells += types.contains("nvme.doorbell") ? 1 : 0;
      notified += types.contains("ring.notify") ? 1 : 0;
      aCommandIsOfTheRequestThatWasServed(chain);
    }
    assertTrue(interrupts > 0, "no completion came with an interrupt of its own");
    assertTrue(doorbells > 0, "no command came with a doorbell of its own");
    assertTrue(notified > 0, "no request came with a notification");
  }

  /** The response that was enqueued has the number of the request that was served for it. */
  private static void aCommandIsOfTheRequestThatWasServed(List<String> chain) {
    int serve = types(chain).indexOf("ivmc.serve");
    List<String> before = chain.subList(0, serve);
    String answered =
        before.stream().filter(l -> l.contains("ring.enqueue")).reduce((a, b) -> b).orElseThrow();
    String sequence = answered.replaceAll(".*(sequence=\\d+).*", "$1 ");
    assertTrue(chain.get(serve).contains(sequence), () -> String.join("\n", chain));
  }

  /**
   * What guests wrote is read as they do, from rings that are several laps old: whatever has an
   * index is found between head and tail. The server had answered some and not seen others.
   */
  @Test
  void aSnapshotOfAChannelHasEachIndexThatIsInARing() throws IOException {
    String file = folder.resolve("trace").toString();
    Cli.run(
        "boot",
        system().toString(),
        "--fault",
        "storage:kill:probe=ivmc_serve#150",
        "--trace",
        "snapshot.*",
        "--trace-out",
        file);
    String first = lines("trace", "show", file, "--filter", "snapshot.ring").getFirst().strip();
    String at = first.split(" ")[0].replaceAll("^0[.]0*", "") + "ns";
    List<String> shown = lines("inspect", "ring", file, "--at", at).subList(2, 8);
    var rings =
        Cli.run("inspect", "ring", file, "--at", at, "--format", "json")
            .json()
            .get("channels")
            .get(0)
            .get("rings");
    int all = 0;
    for (int i = 0; i < rings.size(); i++) {
      String[] cells = shown.get(i).split(" +");
      var entries = Arrays.stream(rings.get(i).get("entries").asText().split(" "));
      int indices = (int) entries.filter(word -> word.matches("-?\\d+[su]\\d+")).count();
      assertEquals(rings.get(i).get("name").asText(), cells[0]);
      assertEquals(indices, Integer.parseInt(cells[1]), () -> String.join("\n", shown));
      assertEquals("yes", cells[cells.length - 1], () -> String.join("\n", shown));
      all += indices;
    }
    assertTrue(all > 16 && all <= 32, () -> String.join("\n", shown));
  }

  /** Found by crash-sweep: its death and its return reach the client as one event. */
  @ParameterizedTest
  @ValueSource(strings = {"scq_step", "ivmc_connected"})
  void aServerThatDiesWhileItConnectsIsConnectedToWhenItIsBack(String probe) throws IOException {
    Cli.Result result =
        Cli.run("boot", system().toString(), "--fault", "storage:kill:probe=" + probe + "#1");
    assertEquals(0, result.code(), result::all);
  }

  @Test
  void aRecoveryIsReportedWithItsPartsAndCountsWhateverTheFaultWas() throws IOException {
    for (String fault : List.of("kill", "page-fault", "loop")) {
      Cli.Result result =
          Cli.run(
              "boot",
              system().toString(),
              "--format",
              "json",
              "--fault",
              "storage:" + fault + ":probe=ivmc_serve#40");
      var report = result.json().get("recoveries");
      assertEquals(1, report.size(), result::all);
      var first = report.get(0);
      assertEquals("storage", first.get("server").asText());
      assertEquals("app", first.get("client").asText());
      assertEquals(
          first.get("in_flight").asInt(),
          first.get("resent").asInt() + first.get("answered").asInt());
      var outage = first.get("virtual_time");
      assertTrue(outage.get("boot").asLong() > 0, first::toString);
      assertTrue(outage.get("reconnection").asLong() > 0, first::toString);
      assertEquals(fault.equals("kill"), outage.get("detection").asLong() == 0, first::toString);
    }
  }
}
