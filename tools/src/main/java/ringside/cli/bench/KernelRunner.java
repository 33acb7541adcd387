package ringside.cli.bench;

import java.util.ArrayList;
import java.util.List;
import ringside.cli.UserError;

/**
 * One way to run the kernels of the image bench-cpu: the same machine code each time. The time of a
 * slice is the host's, taken around the kernel alone.
 */
interface KernelRunner {
  /**
   * A kernel.
   *
   * @param units in a round
   * @param unit what one of them is: "iteration"
   */
  record Kernel(String name, long units, String unit) {
    /** From the words of "alu 4096 iteration". */
    static Kernel of(String line) {
      String[] words = line.split(" ", 3);
      return new Kernel(words[0], Long.parseLong(words[1]), words[2]);
    }
  }

  /**
   * What is to run.
   *
   * @param rounds of a slice
   * @param check rounds before the first slice whose checksum is wanted; 0 for none
   */
  record Order(Kernel kernel, long rounds, int slices, long check) {}

  /**
   * What came of it.
   *
   * @param check the checksum; empty when none was wanted
   * @param begins in nanoseconds since an unknown start, of each slice
   * @param spans in nanoseconds, of each slice
   */
  record Slices(String check, List<Long> begins, List<Long> spans) {
    Slices() {
      this("", new ArrayList<>(), new ArrayList<>());
    }

    Slices checked(String sum) {
      return new Slices(sum, begins, spans);
    }

    /** Nanoseconds of the fastest slice: other processes can only slow one down. */
    long fastest() {
      return spans.stream().mapToLong(Long::longValue).min().orElseThrow();
    }
  }

  /** As the results call it. */
  String name();

  /**
   * Runs a kernel and waits for its end.
   *
   * @throws UserError when this computer cannot do that, with the reason
   */
  Slices run(Order order);
}
