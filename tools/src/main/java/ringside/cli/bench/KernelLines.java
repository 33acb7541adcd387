package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import ringside.cli.bench.KernelRunner.Kernel;
import ringside.cli.bench.KernelRunner.Slices;

/** Understands what the image bench-cpu and its native twin say; the host's time is taken here. */
final class KernelLines {
  private final List<Kernel> kernels = new ArrayList<>();
  private Slices slices = new Slices();
  private long begin;

  /** A line, heard at this moment. */
  void hear(String line) {
    long now = System.nanoTime();
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "begin" -> begin = now;
      case "end" -> span(now - begin);
      case "ns" -> span(Long.parseLong(words[1]));
      case "check" -> slices = slices.checked(words[1]);
      case "kernel" -> kernels.add(Kernel.of(words[1]));
      default -> throw new IllegalStateException("a kernel said: " + line);
    }
  }

  private void span(long ns) {
    slices.begins().add(begin);
    slices.spans().add(ns);
  }

  Slices slices() {
    return slices;
  }

  /** Those that were listed. */
  List<Kernel> kernels() {
    return kernels;
  }
}
