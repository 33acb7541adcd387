package ringside.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import ringside.cli.Engines;
import ringside.cli.Main;
import ringside.cli.Terminal;
import ringside.cli.UserError;
import ringside.cpu.Engine;

/** The command as a user gives it, run in this process. */
final class Cli {
  /** The project's folder. */
  static final Path HOME = Path.of(System.getProperty("ringside.root"));

  /** Where the built guests are. */
  static final Path IMAGES = HOME.resolve("images/build");

  /** What came of a command. */
  record Result(int code, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + out + "\n" + err, e);
      }
    }

    /** Everything, for the message of a failed assertion. */
    String all() {
      return "exit code " + code + "\n" + out + "\n" + err;
    }
  }

  private Cli() {}

  /** Does something on a thread of its own: one of a pool might never come. */
  static <T> CompletableFuture<T> beside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread.ofPlatform().daemon()::start);
  }

  static Result run(String... args) {
    return type("", args);
  }

  /** With something on its standard input, which is no terminal. */
  static Result type(String typed, String... args) {
    System.setProperty("ringside.home", HOME.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, in, false);
    int code = Main.run(terminal, args);
    return new Result(code, out.toString(), err.toString());
  }

  /**
   * Skips the test, saying why, where the engine of this run is not to be had: the one of {@code
   * -Dringside.engine=NAME}, else the default.
   */
  static void assumeEngine() {
    try (Engine engine = Engines.create(Engines.DEFAULT)) {
      Assumptions.assumeTrue(engine.maximumPcpus() > 0);
    } catch (UserError e) {
      Assumptions.abort(e.getMessage());
    }
  }

  /** Whether libunicorn is to be had here. */
  static boolean unicornIsThere() {
    try (Engine engine = Engines.create("unicorn")) {
      return engine.maximumPcpus() > 0;
    } catch (UserError e) {
      return false; // the caller says what it leaves out
    }
  }

  /** Names, without ".elf", of the built images that begin so; sorted. */
  static List<String> images(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(IMAGES)) {
      List<String> names = new ArrayList<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".elf"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .forEach(names::add);
      return names;
    }
  }

  /** One domain of a description made for a test. */
  static String domain(String name, String image, String cmdline, String more) {
    return """
    [[domain]]
    name = "%s"
    kernel = "%s"
    cmdline = "%s"
    %s
    """
        .formatted(name, IMAGES.resolve(image + ".elf"), cmdline, more);
  }
}
