package ringside.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.stream.LongStream;

/**
 * The threads of a machine's pCPUs, which it makes, and what the host gives them. What the host
 * itself does not get of a computer is not in it.
 */
final class PcpuThreads implements ThreadFactory {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Path THIS_THREAD = Path.of("/proc/thread-self");

  /** Of what is in a thread's file: executed, waited for a CPU, number of slices. */
  private static final int WAITED = 1;

  private final int count;
  private final List<Pcpu> made = new CopyOnWriteArrayList<>();

  /**
   * @param count of pCPUs; one needs no thread of its own
   */
  PcpuThreads(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }

  /** How much of something each thread that lives has had by now, in ns. */
  record Reading(Map<Thread, Long> ns) {
    /** Since an earlier one, of each that is in both: others have ended or come since. */
    LongStream since(Reading earlier) {
      return ns.entrySet().stream()
          .filter(e -> earlier.ns.containsKey(e.getKey()))
          .mapToLong(e -> e.getValue() - earlier.ns.get(e.getKey()));
    }
  }

  private static final class Pcpu extends Thread {
    /** What Linux tells of it; null until it runs. */
    private volatile Path folder;

    Pcpu(Runnable body) {
      super(body);
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        folder = THIS_THREAD.toRealPath();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      super.run();
    }
  }

  @Override
  public Thread newThread(Runnable body) {
    Pcpu pcpu = new Pcpu(body);
    made.add(pcpu);
    return pcpu;
  }

  /** What they have executed. */
  Reading executed() {
    Map<Thread, Long> ns = new LinkedHashMap<>();
    for (Pcpu pcpu : made) {
      long executed = THREADS.getThreadCpuTime(pcpu.threadId());
      if (executed >= 0) {
        ns.put(pcpu, executed);
      }
    }
    return new Reading(ns);
  }

  /**
   * How long they have wanted a CPU of the host and had none; of this thread where they are not
   * several.
   */
  Reading waited() {
    Map<Thread, Long> ns = new LinkedHashMap<>();
    if (count == 1) {
      put(ns, Thread.currentThread(), THIS_THREAD);
    }
    for (Pcpu pcpu : made) {
      if (pcpu.folder != null) {
        put(ns, pcpu, pcpu.folder);
      }
    }
    return new Reading(ns);
  }

  private static void put(Map<Thread, Long> ns, Thread thread, Path folder) {
    try {
      String counts = Files.readString(folder.resolve("schedstat"));
      ns.put(thread, Long.parseLong(counts.trim().split(" ")[WAITED]));
    } catch (IOException e) {
      if (thread.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
