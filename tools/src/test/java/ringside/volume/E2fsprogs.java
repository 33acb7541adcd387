package ringside.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The programs of e2fsprogs, which others wrote. */
final class E2fsprogs {
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/bin");
  private static final int ERRORS_LEFT = 4;
  private static final int WRONG_USAGE = 16;

  private E2fsprogs() {}

  private static Path program(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  static void assume() {
    Assumptions.assumeTrue(
        program("e2fsck") != null, "e2fsprogs is not installed (dev setup installs it)");
  }

  private static int run(String name, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(name).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code >= ERRORS_LEFT && !name.equals("e2fsck") || code >= WRONG_USAGE) {
      throw new IOException(command + " ended with " + code + "\n" + said);
    }
    return code;
  }

  static void make(Path image, String size, Path tree, String... options)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-q", "-F", "-d", tree, image, size));
    if (run("mke2fs", arguments.toArray()) != 0) {
      throw new IOException("mke2fs " + arguments + " failed");
    }
  }

  /** Whether e2fsck finds nothing to mend. */
  static boolean clean(Path image) throws IOException, InterruptedException {
    return run("e2fsck", "-fn", image) == 0;
  }

  /** Replays the journal and mends what can be mended without asking. */
  static void repair(Path image) throws IOException, InterruptedException {
    if (run("e2fsck", "-fp", image) >= ERRORS_LEFT) {
      throw new IOException("e2fsck -p left errors");
    }
  }

  /** Runs commands of debugfs that may write. */
  static void debugfs(Path image, String... commands) throws IOException, InterruptedException {
    Path script = Files.createTempFile("debugfs", ".txt");
    Files.write(script, List.of(commands));
    run("debugfs", "-w", "-f", script, image);
    Files.delete(script);
  }
}
