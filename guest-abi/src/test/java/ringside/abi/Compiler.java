package ringside.abi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A C compiler of this machine. */
record Compiler(String command) {
  /** Those that are installed. */
  static List<Compiler> installed() {
    return Stream.of("gcc", "clang").filter(Compiler::onPath).map(Compiler::new).toList();
  }

  private static boolean onPath(String command) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  /** What a run wrote, standard error included. */
  record Output(int exitCode, String text) {}

  /** Compiles a source file. */
  Output run(Path source, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.addAll(options);
    arguments.add(source.toString());
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling", e);
    }
  }
}
