package ringside.cpu.jvm;

import org.junit.jupiter.api.Nested;
import ringside.cpu.BudgetConformance;
import ringside.cpu.DebugConformance;
import ringside.cpu.Engine;
import ringside.cpu.ExceptionConformance;
import ringside.cpu.InterruptConformance;
import ringside.cpu.LegacyConformance;
import ringside.cpu.MemoryConformance;
import ringside.cpu.ProbeConformance;
import ringside.cpu.ProtectionConformance;
import ringside.cpu.SegmentConformance;
import ringside.cpu.TrapConformance;

/** The engine of our own against the suite of all engines. */
class JvmConformanceTest {
  @Nested
  class Traps extends TrapConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Probes extends ProbeConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Exceptions extends ExceptionConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Interrupts extends InterruptConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Legacy extends LegacyConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Memory extends MemoryConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Budgets extends BudgetConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Debug extends DebugConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Segments extends SegmentConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Protection extends ProtectionConformance {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
      return engine;
    }
  }
}
