package ringside.cli;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Threads for work that nobody waits for: they end with the program. */
final class Background {
  /** Half of the host's processors at most, so that those that run guests are left alone. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private Background() {}

  static Executor translators() {
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "translator");
          thread.setDaemon(true);
          return thread;
        });
  }
}
