package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File operations in a trace: what they caused, who asked for them, how long they took. */
class FilesTraceTest {
  /** From an NVMe command back to the application's call, what every one of an operation leaves. */
  private static final List<String> WAY =
      List.of(
          "driver.nvme_submit",
          "ivmc.serve",
          "blk.submit",
          "file.begin",
          "ivmc.serve",
          "file.call");

  @TempDir static Path folder;

  private static String trace;

  /** Several applications at once, so that they share the server's commits. */
  @BeforeAll
  static void applications() throws IOException {
    Cli.assumeEngine();
    String system =
        "time_limit = \"3s\"\n"
            + Cli.domain("storage", "storage-server", "", "memory = 32\nprovides = [\"storage\"]")
            + Cli.domain(
                "fs",
                "fs-server",
                "path=direct format=ext3",
                "memory = 64\nprovides = [\"files\"]\nuses = [\"storage/1\"]")
            + application("one")
            + application("two")
            + application("three")
            + application("four")
            + "[[device]]\ntype = \"nvme\"\ndomain = \"storage\"\nsize = \"16M\"\n";
    trace = boot("several", system);
  }

  private static String boot(String name, String system) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".toml"), system);
    String out = folder.resolve(name + ".trace").toString();
    Cli.Result result = Cli.run("boot", file.toString(), "--trace", "*", "--trace-out", out);
    assertEquals(0, result.code(), result::all);
    return out;
  }

  private static String application(String name) {
    return Cli.domain(
        name,
        "fsbench",
        "size=4k,64k total=64k where=server file=/" + name,
        "memory = 32\nuses = [\"files/1\"]");
  }

  private static List<String> lines(String... command) {
    Cli.Result result = Cli.run(command);
    assertEquals(0, result.code(), result::all);
    return result.out().strip().lines().toList();
  }

  private static String id(String line) {
    return line.replaceAll(".*?#(\\d+) .*", "$1");
  }

  private static String type(String line) {
    return line.replaceAll(".*#\\d+ +([a-z_]+\\.[a-z_]+).*", "$1");
  }

  @Test
  void everyNvmeCommandLeadsBackToTheFileOperationAndItsClient() {
    List<String> commands = lines("trace", "show", trace, "--filter", "nvme.command");
    int background = 0;
    int ofOne = 0;
    int ofTwo = 0;
    for (int i = 20; i < commands.size(); i += 11) {
      List<String> chain = lines("trace", "why", trace, id(commands.get(i)));
      List<String> types = chain.stream().map(FilesTraceTest::type).toList();
      if (!types.contains("file.begin")) {
        background++;
        continue;
      }
      List<String> way = types.stream().filter(WAY::contains).toList();
      assertEquals(WAY, way, () -> String.join("\n", chain));
      String begin = chain.get(types.indexOf("file.begin"));
      String call = chain.getLast();
      assertEquals("file.call", types.getLast(), call);
      assertEquals(request(begin), request(call));
      ofOne += call.contains("channel=0x3") ? 1 : 0;
      ofTwo += call.contains("channel=0x4") ? 1 : 0;
    }
    assertTrue(ofOne > 3 && ofTwo > 3, ofOne + " commands of one, " + ofTwo + " of two");
    assertTrue(background < ofOne + ofTwo, background + " in the background");
  }

  private static String request(String line) {
    return line.replaceAll(
        ".*(channel=0x\\w+ sequence=\\d+ op=\\w+ fd=-?\\d+ length=\\d+).*", "$1");
  }

  /** There is neither a client nor a ring then. */
  @Test
  void aFileSystemInTheProgramIsTracedToo() throws IOException {
    String own =
        boot(
            "linked",
            "time_limit = \"3s\"\n"
                + Cli.domain(
                    "app",
                    "fsbench",
                    "size=4k,64k total=128k where=linked path=nvme format=ext3",
                    "memory = 64")
                + "[[device]]\ntype = \"nvme\"\ndomain = \"app\"\nsize = \"16M\"\n");
    Set<String> operations = new HashSet<>();
    List<String> commands = lines("trace", "show", own, "--filter", "nvme.command");
    for (int i = 0; i < commands.size(); i += 3) {
      List<String> chain = lines("trace", "why", own, id(commands.get(i)));
      if (type(chain.getLast()).equals("file.begin")) {
        assertTrue(chain.stream().anyMatch(l -> type(l).equals("blk.submit")));
        operations.add(chain.getLast().replaceAll(".* op=IVMC_FILE_(\\w+) .*", "$1"));
      }
    }
    assertTrue(operations.containsAll(Set.of("PREAD", "PWRITE", "FSYNC")), operations::toString);
  }

  @Test
  void aReturnLeadsBackToItsOwnCallAndACommitIsShared() {
    List<String> returns = lines("trace", "show", trace, "--filter", "file.return");
    for (int i = 0; i < returns.size(); i += 9) {
      String line = returns.get(i);
      List<String> chain = lines("trace", "why", trace, id(line));
      assertTrue(chain.stream().anyMatch(l -> type(l).equals("file.end")), () -> line);
      assertEquals("file.call", type(chain.getLast()));
    }
    List<String> joins = lines("trace", "show", trace, "--filter", "file.join");
    assertTrue(joins.size() > 0, "no commit was shared");
    List<String> shared = lines("trace", "why", trace, id(joins.getFirst()));
    assertEquals("file.commit", type(shared.get(1)), () -> String.join("\n", shared));
    List<String> paths = lines("trace", "show", trace, "--filter", "file.path");
    assertTrue(paths.stream().anyMatch(l -> l.contains("path=/one")), () -> "" + paths);
  }

  @Test
  void theSummaryCountsOperationsAndTheirBlockRequests() {
    JsonNode summary = Cli.run("trace", "summary", trace, "--format", "json").json();
    JsonNode fsync = named(summary.get("file_operations"), "fsync");
    assertEquals(fsync.get("calls"), fsync.get("returns"));
    assertEquals(fsync.get("calls"), named(summary.get("file_calls"), "fsync").get("calls"));
    assertTrue(fsync.get("p50_ns").asLong() > 0, summary::toPrettyString);
    JsonNode written = named(summary.get("file_requests"), "pwrite");
    assertTrue(written.get("bytes").asLong() >= 4 * 128 << 10, summary::toPrettyString);
    long requests = 0;
    for (JsonNode of : summary.get("file_requests")) {
      requests += of.get("count").asLong();
    }
    assertEquals(summary.get("types").get("blk.submit").asLong(), requests);
    List<String> text = lines("trace", "summary", trace);
    assertTrue(
        text.stream().anyMatch(l -> l.matches(" pwrite +\\d+ +\\d+ +\\d+ +\\d+ +\\d+")),
        () -> String.join("\n", text));
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode one : list) {
      if (one.get("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError("no " + name + " in " + list);
  }

  @Test
  void theExportNestsCommandsInBlockRequestsInOperations() throws IOException {
    String out = folder.resolve("trace.json").toString();
    lines("trace", "export", trace, "--to", "perfetto", "-o", out);
    Map<String, Deque<String>> rows = new HashMap<>();
    Map<String, Integer> nested = new HashMap<>();
    for (JsonNode event : new ObjectMapper().readTree(Path.of(out).toFile()).get("traceEvents")) {
      String phase = event.get("ph").asText();
      if (!Set.of("b", "e").contains(phase)) {
        continue;
      }
      String row = event.get("pid").asText() + event.get("id").asText();
      String name = event.get("name").asText();
      Deque<String> open = rows.computeIfAbsent(row, r -> new ArrayDeque<>());
      if (phase.equals("b")) {
        open.push(name);
        nested.merge(open.stream().collect(Collectors.joining(" in ")), 1, Integer::sum);
      } else {
        assertEquals(open.pop(), name, row);
      }
    }
    assertNotEquals(null, nested.get("NVMe command in block request in pwrite"), nested::toString);
    assertNotEquals(null, nested.get("NVMe command in block request in fsync"), nested::toString);
    rows.forEach((row, open) -> assertTrue(open.isEmpty(), () -> row + " ends within " + open));
  }
}
