package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program of e2fsprogs on this computer: a judge that we did not write. */
record HostTool(Path path) {
  static final HostTool MKE2FS = new HostTool(Path.of("/usr/sbin/mke2fs"));
  static final HostTool E2FSCK = new HostTool(Path.of("/usr/sbin/e2fsck"));
  static final HostTool DEBUGFS = new HostTool(Path.of("/usr/sbin/debugfs"));

  /** Skips the test where they are not installed. */
  static void assumeThere() {
    Assumptions.assumeTrue(
        Files.isExecutable(MKE2FS.path()), "e2fsprogs is not installed (dev setup installs it)");
  }

  /** What it says; fails the test unless it ends with 0. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(0, process.waitFor(), () -> command + ":\n" + said);
    return said;
  }

  /** What debugfs does on a request; it ends with 0 whatever happened. */
  static String debugfs(Path image, String request) throws IOException, InterruptedException {
    return DEBUGFS.run("-w", "-R", request, image.toString());
  }

  /** Nothing is wrong with the volume. */
  static void assertClean(Path image) throws IOException, InterruptedException {
    E2FSCK.run("-fn", image.toString());
  }
}
