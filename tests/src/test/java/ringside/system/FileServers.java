package ringside.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system server on a storage server, for tests that put their own domains beside them. The
 * volume is made by mke2fs and judged by e2fsck.
 *
 * @param image the volume
 */
record FileServers(Path folder, Path image) {
  private static final String SYSTEM =
      Cli.domain("storage", "storage-server", "", "memory = 32\nprovides = [\"storage\"]")
          + Cli.domain(
              "fs",
              "fs-server",
              "path=direct",
              """
              memory = 64
              provides = ["files"]
              uses = ["storage/1"]
              depends_on = ["storage"]
              """)
          + """
          [[device]]
          type = "nvme"
          domain = "storage"
          size = "16M"
          """;

  /** With an empty volume; skips the test where there is no engine or no mke2fs. */
  static FileServers empty(Path folder) throws IOException, InterruptedException {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    return on(folder, "-t", "ext3", "-J", "size=4", "-d", nothing.toString());
  }

  /** With a volume that mke2fs makes with these options, too. */
  static FileServers on(Path folder, String... more) throws IOException, InterruptedException {
    Cli.assumeEngine();
    E2fs.assumeThere();
    Path image = folder.resolve("volume.img");
    List<String> options = new ArrayList<>(List.of("-q", "-F", "-b", "4096"));
    options.addAll(List.of(more));
    options.addAll(List.of(image.toString(), "16M"));
    E2fs.run("mke2fs", options.toArray(new String[0]));
    return new FileServers(folder, image);
  }

  /** Boots both servers and these domains, with these options, and says what became of them. */
  JsonNode boot(String domains, String... more) throws IOException {
    Path file = folder.resolve("system.toml");
    Files.writeString(file, domains(domains));
    List<String> command =
        new ArrayList<>(List.of("boot", file.toString(), "--format", "json", "--time-limit", "5s"));
    command.addAll(List.of(more));
    Cli.Result result = Cli.run(command.toArray(new String[0]));
    assertTrue(result.code() <= 1, result::all);
    return result.json();
  }

  private String domains(String more) {
    return SYSTEM + "file = \"" + image + "\"\n" + more;
  }

  void assertClean() throws IOException, InterruptedException {
    E2fs.assertClean(image);
  }

  static JsonNode domain(JsonNode system, String name) {
    for (JsonNode domain : system.get("domains")) {
      if (domain.get("name").asText().equals(name)) {
        return domain;
      }
    }
    throw new AssertionError("no domain " + name + " in " + system);
  }
}
