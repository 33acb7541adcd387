package ringside.cli.bench;

import java.util.List;
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
}
