package ringside.cli.bench;

import java.util.List;
import java.util.Optional;
import ringside.cpu.Engine;

/** One thing to measure. */
public interface Benchmark {
  String name();

  /**
   * Measures.
   *
   * @param quick true for few and short samples
   */
  List<Sample> run(Engine engine, boolean quick);

  /** The same on several pCPUs; empty when it is about what one does. */
  default Optional<Benchmark> on(int pcpus) {
    return Optional.empty();
  }
}
