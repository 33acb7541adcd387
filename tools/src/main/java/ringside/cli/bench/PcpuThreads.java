package ringside.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the host's CPUs the threads of a machine's pCPUs have had since a moment. */
final class PcpuThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** As the machine names them. */
  private static final String PREFIX = "pcpu";

  /** By thread. */
  private final Map<Long, Long> cpuNs = new LinkedHashMap<>();

  /** From now on. */
  void begin() {
    if (cpuNs.isEmpty()) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith(PREFIX)) {
          cpuNs.put(thread.threadId(), 0L);
        }
      }
    }
    cpuNs.replaceAll((thread, then) -> THREADS.getThreadCpuTime(thread));
  }

  /** What the one with the least has executed since then, in ns. */
  long leastNs() {
    return cpuNs.entrySet().stream()
        .mapToLong(e -> THREADS.getThreadCpuTime(e.getKey()) - e.getValue())
        .min()
        .orElseThrow(() -> new IllegalStateException("no thread is called " + PREFIX));
  }
}
