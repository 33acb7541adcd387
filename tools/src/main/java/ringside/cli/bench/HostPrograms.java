package ringside.cli.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import ringside.cli.UserError;

/** Programs of this computer, run to their end. */
final class HostPrograms {
  private static final Path HOME = Path.of(System.getProperty("ringside.home", "."));

  private HostPrograms() {}

  /** The path of the command itself. */
  static String ringside() {
    return HOME.resolve("tools/ringside").toString();
  }

  /**
   * Has make build what it builds in a folder.
   *
   * @param program that it puts into the folder's build/
   * @return the program's path
   * @throws UserError when it cannot be built here
   */
  static String make(String folder, String program) {
    Path path = HOME.resolve(folder);
    require("make");
    require("gcc");
    run(List.of("make", "-s", "-C", path.toString()), 0, line -> {});
    return path.resolve("build").resolve(program).toString();
  }

  /**
   * Fails unless it is there.
   *
   * @throws UserError when it is not in the path
   */
  static void require(String program) {
    for (String path : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return;
      }
    }
    throw new UserError(program + " is not installed", "install it with: tools/ringside dev setup");
  }

  /**
   * Runs a command to its end; each line that it says is heard when it is said.
   *
   * @param success its exit code when all went well
   * @throws UserError when it does not run, or ends otherwise
   */
  static void run(List<String> command, int success, Consumer<String> hear) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      try (BufferedReader said = process.inputReader()) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          hear.accept(line);
        }
        int code = process.waitFor();
        if (code != success) {
          throw new UserError(command.getFirst() + " ended with " + code);
        }
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new UserError(command.getFirst() + " does not run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(command.getFirst() + " was interrupted");
    }
  }
}
