package ringside.cli.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The guests' file system, built for this computer, on all short workloads: slices of them, each in
 * a process of its own. What is enumerated and how it is judged is the program's affair
 * (drivers/ext/native/crash.c); here are its slices, what they say, and the sum of it.
 */
public final class VolumeSweep {
  /** What came of all slices; problems say how to see them again. */
  public record Result(long workloads, long states, long judged, List<String> problems) {}

  private record Slice(long workloads, long states, long judged, String problem) {}

  private final Path folder;

  /**
   * @param home the project's folder
   */
  public VolumeSweep(Path home) {
    folder = home.resolve("drivers/ext/native");
  }

  /** Builds the program; what the compiler said when it failed, or nothing. */
  public String build() throws IOException, InterruptedException {
    Process make =
        start(
            List.of("make", "-s", "-C", folder.toString(), folder.resolve("build/ext-crash") + ""));
    String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return make.waitFor() == 0 ? "" : said;
  }

  /**
   * Runs all slices side by side until the last ends.
   *
   * @param operations most operations of a workload
   * @param sample e2fsck judges one state in so many
   * @param steps hears how many more workloads are over; any thread calls it
   */
  public Result run(int operations, int slices, int sample, LongConsumer steps)
      throws IOException, InterruptedException {
    List<Future<Slice>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(slices)) {
      for (int i = 0; i < slices; i++) {
        List<String> command =
            List.of(
                folder.resolve("build/ext-crash").toString(),
                "sweep",
                "" + operations,
                "" + i,
                "" + slices,
                "" + sample);
        futures.add(threads.submit(() -> slice(command, steps)));
      }
    }
    List<Slice> over = new ArrayList<>();
    for (Future<Slice> future : futures) {
      try {
        over.add(future.get());
      } catch (ExecutionException e) {
        throw new IOException("a slice cannot be run", e.getCause());
      }
    }
    return new Result(
        over.stream().mapToLong(Slice::workloads).sum(),
        over.stream().mapToLong(Slice::states).sum(),
        over.stream().mapToLong(Slice::judged).sum(),
        over.stream().map(Slice::problem).filter(p -> !p.isEmpty()).toList());
  }

  private Slice slice(List<String> command, LongConsumer steps)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("ringside-volume", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
    Process process = builder.start();
    long[] counts = new long[3];
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        long before = counts[0];
        counts = numbers(line);
        steps.accept(counts[0] - before);
      }
      String problem = process.waitFor() == 0 ? "" : Files.readString(errors).strip();
      if (process.exitValue() != 0 && problem.isEmpty()) {
        problem = String.join(" ", command) + ": exit code " + process.exitValue();
      }
      return new Slice(counts[0], counts[1], counts[2], problem);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      process.destroy();
      Files.delete(errors);
    }
  }

  private static long[] numbers(String line) throws IOException {
    String[] words = line.split(" ");
    long[] numbers = new long[3];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Long.parseLong(words[i]);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("not what a slice says: " + line, e);
    }
    return numbers;
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
