package ringside.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long threads that run vCPUs wanted a CPU of the host and had none, since a moment; as Linux
 * counts it (schedstats). What the host itself does not get of a computer is not in it.
 */
final class HostWaits {
  private static final Path THREADS = Path.of("/proc/self/task");

  /** Of what is in a thread's file: executed, waited, number of slices. */
  private static final int WAITED = 1;

  /** As the machine names them. */
  private static final String PREFIX = "pcpu";

  /** By the thread's file. */
  private final Map<Path, Long> waitedNs = new LinkedHashMap<>();

  /** From now on, of the pCPUs' threads or, where there are none, of this one. */
  void begin() {
    if (waitedNs.isEmpty()) {
      findPcpus();
    }
    if (waitedNs.isEmpty()) {
      waitedNs.put(Path.of("/proc/thread-self/schedstat"), 0L);
    }
    waitedNs.replaceAll((file, then) -> waitedNs(file));
  }

  /** What the one with the longest has waited since then, in ns. */
  long longestNs() {
    return waitedNs.entrySet().stream()
        .mapToLong(e -> waitedNs(e.getKey()) - e.getValue())
        .max()
        .orElseThrow(() -> new IllegalStateException("it has not begun"));
  }

  private void findPcpus() {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        if (name(thread).startsWith(PREFIX)) {
          waitedNs.put(thread.resolve("schedstat"), 0L);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path thread) throws IOException {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (NoSuchFileException e) {
      return ""; // one of HotSpot's, which has ended since the folder was read
    }
  }

  private static long waitedNs(Path file) {
    try {
      return Long.parseLong(Files.readString(file).trim().split(" ")[WAITED]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
