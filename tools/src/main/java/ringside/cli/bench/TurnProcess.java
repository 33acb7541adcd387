package ringside.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import ringside.cli.Json;
import ringside.cli.UserError;

/**
 * A Ringside command that measures in turns: one for each line that it reads, until there are no
 * more, and for each it says an object in JSON, with an empty line behind it. Its two ends.
 *
 * <p>Invariant: the process measures while somebody waits in {@link #next}, and only then.
 *
 * @param <T> what it says, a record
 */
final class TurnProcess<T> implements AutoCloseable {
  private final Class<T> type;
  private final List<String> command;
  private final Process process;
  private final Writer asks;
  private final BufferedReader says;

  TurnProcess(List<String> command, Class<T> type) {
    this.type = type;
    this.command = command;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UserError(command.getFirst() + " does not run: " + e.getMessage());
    }
    asks = process.outputWriter();
    says = process.inputReader();
  }

  /**
   * Has it measure.
   *
   * @throws UserError when it ends instead; it has said why
   */
  T next() {
    StringBuilder text = new StringBuilder();
    try {
      asks.write('\n');
      asks.flush();
      for (String line = says.readLine(); !"".equals(line); line = says.readLine()) {
        if (line == null) {
          throw new UserError(String.join(" ", command) + " ended");
        }
        text.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UserError(String.join(" ", command) + " ended: " + e.getMessage());
    }
    return Json.read(text.toString(), type);
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    try {
      asks.close();
      process.waitFor();
    } catch (IOException e) {
      process.destroy(); // it has ended, or will not hear
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The process's end. Waits until it is to measure for the first time.
   *
   * @return to be told what was measured; false when that was the last turn
   */
  static <T> Predicate<T> answering(InputStream in, PrintWriter out) {
    BufferedReader asked = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    isAsked(asked);
    return turn -> {
      out.print(Json.text(turn) + "\n\n");
      out.flush();
      return isAsked(asked);
    };
  }

  private static boolean isAsked(BufferedReader asked) {
    try {
      return asked.readLine() != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
