package ringside.cpu.unicorn;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import ringside.cpu.Engine;
import ringside.cpu.TrapConformance;

/** The engine on libunicorn against the suite of all engines. */
class UnicornConformanceTest {
  private static Engine open() {
    try {
      return new UnicornEngine();
    } catch (UnicornUnavailable e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  @Nested
  class Traps extends TrapConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }
}
