package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system server on a storage server, for tests that put their own domains beside them. The
 * volume is made by mke2fs and judged by e2fsck.
 *
 * @param image the volume
 */
record FileServers(Path folder, Path image) {
  private static final Path MKE2FS = Path.of("/usr/sbin/mke2fs");
  private static final Path E2FSCK = Path.of("/usr/sbin/e2fsck");

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
    Assumptions.assumeTrue(
        Files.isExecutable(MKE2FS), "e2fsprogs is not installed (dev setup installs it)");
    Path image = folder.resolve("volume.img");
    List<String> options = new ArrayList<>(List.of("-q", "-F", "-b", "4096"));
    options.addAll(List.of(more));
    assertEquals("", host(MKE2FS, options.toArray(new String[0]), image.toString(), "16M"));
    return new FileServers(folder, image);
  }

  /** What a program says when it does not end with 0; else nothing. */
  private static String host(Path program, String[] options, String... operands)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of(operands));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    return process.waitFor() == 0 ? "" : said + "ended with " + process.exitValue();
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
    assertEquals("", host(E2FSCK, new String[] {"-fn"}, image.toString()));
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
